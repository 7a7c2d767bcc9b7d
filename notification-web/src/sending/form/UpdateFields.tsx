import { useWatch } from "react-hook-form";
import { useTexts } from "../../ui/NotificationContext";
import { isSame } from "./drafts";
import { limits } from "./messageForm";
import { TextField, TypeField } from "./fields";
import type { UpdateForm } from "./useUpdateForm";

interface UpdateFieldsProps {
  readonly update: UpdateForm;
  readonly firstFieldId: string;
}

/** The form. What is in it is kept while it is away. */
export function UpdateFields({ update, firstFieldId }: UpdateFieldsProps) {
  const { form, failure, isSending, restored } = update;
  const texts = useTexts().sending;
  const values = useWatch({ control: form.control, compute: (all) => all });
  const { errors } = form.formState;
  const mayHaveArrived = failure?.kind === "unknown";
  const isRepetition = mayHaveArrived && isSame(values, update.lastMessage);
  const discard = () => {
    update.discard();
    // The button is about to go.
    document.getElementById(firstFieldId)?.focus();
  };
  return (
    <form className="belfry-update" noValidate onSubmit={update.submit}>
      {restored && (
        <div className="belfry-alert belfry-alert--note" role="note">
          <p>{restored === "attempted" ? texts.restoredAttempted : texts.restored}</p>
          <button type="button" className="belfry-button belfry-button--quiet" onClick={discard}>
            {texts.discard}
          </button>
        </div>
      )}
      <TypeField
        id={firstFieldId}
        registration={form.register("notification_type")}
        error={errors.notification_type?.message}
      />
      <TextField
        label={texts.titleField}
        registration={form.register("title")}
        value={values.title}
        limit={limits.title}
        error={errors.title?.message}
        isReadOnly={isSending}
      />
      <TextField
        label={texts.message}
        registration={form.register("message")}
        value={values.message}
        limit={limits.message}
        error={errors.message?.message}
        isReadOnly={isSending}
        isRequired
        rows={6}
      />
      <div className="belfry-update__outcome" role="alert">
        {mayHaveArrived && (
          <p className="belfry-alert belfry-alert--warning">
            {isRepetition ? texts.notKnownSent : texts.notKnownSentChanged}
          </p>
        )}
        {failure?.kind === "not_sent" && <p className="belfry-alert">{failure.reason}</p>}
      </div>
      <div className="belfry-update__actions">
        <button type="submit" className="belfry-button belfry-button--primary" aria-disabled={isSending}>
          {isSending ? texts.sending : isRepetition ? texts.sendAgain : texts.send}
        </button>
      </div>
    </form>
  );
}
