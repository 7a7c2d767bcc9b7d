import { useId, useState, type ReactNode } from "react";
import { useTexts } from "../../ui/NotificationContext";

interface NameFormProps {
  /** What stands in it first. */
  readonly name: string;
  /** What its button says. */
  readonly submitLabel: (name: string) => string;
  /** @returns what is wrong, in words, or null */
  readonly onSubmit: (name: string) => Promise<string | null>;
  /** It has the focus as it comes. */
  readonly isFirst?: boolean;
  /** Beside the button. */
  readonly children?: ReactNode;
}

/** A template's name, to save one or to rename it. */
export function NameForm({ name: initial, submitLabel, onSubmit, isFirst = false, children }: NameFormProps) {
  const texts = useTexts().sending.templates;
  const id = useId();
  const [name, setName] = useState(initial);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    if (isBusy) {
      return;
    }
    setBusy(true);
    setError(await onSubmit(name));
    setBusy(false);
  };
  return (
    <form
      className="belfry-template__form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // To React it stands in the update's form.
        event.stopPropagation();
        void submit();
      }}
    >
      <div className="belfry-field">
        <label className="belfry-field__label" htmlFor={id}>
          {texts.nameField}
        </label>
        <input
          id={id}
          className="belfry-field__input"
          type="text"
          autoComplete="off"
          dir="auto"
          value={name}
          ref={isFirst ? focusOnce : undefined}
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : `${id}-error`}
          onChange={({ target }) => {
            setName(target.value);
            setError(null);
          }}
        />
        <p className="belfry-field__error" id={`${id}-error`} role="alert">
          {error}
        </p>
      </div>
      <div className="belfry-update__actions">
        {children}
        <button type="submit" className="belfry-button" aria-disabled={isBusy}>
          {submitLabel(name)}
        </button>
      </div>
    </form>
  );
}

/** It comes in place of what had the focus. */
function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}
