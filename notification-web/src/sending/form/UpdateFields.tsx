import { useWatch } from "react-hook-form";
import { useTexts } from "../../ui/NotificationContext";
import { Templates } from "../templates/Templates";
import { useReach } from "../reach";
import { isSame } from "./drafts";
import { limits } from "./messageForm";
import { CoursesField } from "./CoursesField";
import { ButtonFields, TextField, TypeField } from "./fields";
import { AttemptOutcome, TestLine } from "./AttemptOutcome";
import type { UpdateForm } from "./useUpdateForm";

interface UpdateFieldsProps {
  readonly update: UpdateForm;
  readonly firstFieldId: string;
}

/** The form. What is in it is kept while it is away. */
export function UpdateFields({ update, firstFieldId }: UpdateFieldsProps) {
  const { form, attempt, isSending, restored, replaced, testing } = update;
  const { sending: texts, inbox } = useTexts();
  const values = useWatch({ control: form.control, compute: (all) => all });
  const { students } = useReach(values.courses);
  const { errors } = form.formState;
  const isSameAgain = attempt !== null && isSame(values, attempt.content);
  const isRepetition =
    isSameAgain && [...attempt.outcomes.values()].some(({ kind }) => kind !== "not_sent" && kind !== "fields");
  const discard = () => {
    update.discard();
    // The button is about to go.
    document.getElementById(firstFieldId)?.focus();
  };
  const bringBack = () => {
    replaced?.bringBack();
    document.getElementById(firstFieldId)?.focus();
  };
  const send = students ? texts.sendTo({ students }) : texts.send;
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
      <div className="belfry-update__outcome" role="status">
        {replaced && (
          <div className="belfry-alert belfry-alert--note">
            <p>{texts.templates.used({ name: replaced.by })}</p>
            <button type="button" className="belfry-button belfry-button--quiet" onClick={bringBack}>
              {inbox.undo}
            </button>
          </div>
        )}
      </div>
      <CoursesField control={form.control} isReadOnly={isSending} />
      <div className="belfry-update__subject">
        <TypeField registration={form.register("notification_type")} error={errors.notification_type?.message} />
        <TextField
          id={firstFieldId}
          label={texts.titleField}
          registration={form.register("title")}
          value={values.title}
          limit={limits.title}
          error={errors.title?.message}
          isReadOnly={isSending}
        />
      </div>
      <TextField
        label={texts.message}
        registration={form.register("message")}
        value={values.message}
        limit={limits.message}
        error={errors.message?.message}
        isReadOnly={isSending}
        isRequired
        rows={6}
        tools={<Templates update={update} />}
      />
      <ButtonFields form={form} values={values} isReadOnly={isSending} />
      <AttemptOutcome attempt={attempt} isSame={isSameAgain} />
      <TestLine outcome={testing.outcome} />
      <div className="belfry-update__actions">
        <button
          type="button"
          className="belfry-button belfry-update__test"
          aria-disabled={testing.isTesting}
          onClick={testing.isTesting ? undefined : update.test}
        >
          {testing.isTesting ? texts.sending : texts.test}
        </button>
        <button type="submit" className="belfry-button belfry-button--primary" aria-disabled={isSending}>
          {isSending ? texts.sending : isRepetition ? texts.sendAgain : send}
        </button>
      </div>
    </form>
  );
}
