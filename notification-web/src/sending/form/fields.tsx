import { useId } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { useTexts } from "../../ui/NotificationContext";
import { codePoints } from "../../lib/words";
import { notificationTypes } from "../../client/wire/notification";

interface TextFieldProps {
  readonly label: string;
  readonly registration: UseFormRegisterReturn;
  readonly value: string;
  /** In code points. */
  readonly limit: number;
  readonly error: string | undefined;
  readonly isReadOnly: boolean;
  readonly isRequired?: boolean;
  /** Of one line if absent. */
  readonly rows?: number;
}

/** A text with its counter and with what is wrong with it. It takes more than the limit, so that nothing pasted is lost. */
export function TextField(props: TextFieldProps) {
  const { label, registration, value, limit, error, isReadOnly, isRequired = false, rows } = props;
  const texts = useTexts().sending;
  const id = useId();
  const length = codePoints(value);
  const input = {
    ...registration,
    id,
    className: "belfry-field__input",
    readOnly: isReadOnly,
    required: isRequired,
    "aria-invalid": error !== undefined,
    "aria-describedby": error ? `${id}-error ${id}-counter` : `${id}-counter`,
  };
  return (
    <div className="belfry-field">
      <label className="belfry-field__label" htmlFor={id}>
        <span>{label}</span> {isRequired && <span aria-hidden>{texts.required}</span>}
      </label>
      {rows ? <textarea {...input} rows={rows} /> : <input {...input} type="text" autoComplete="off" />}
      <div className="belfry-field__notes">
        <p className="belfry-field__error" id={`${id}-error`}>
          {error}
        </p>
        <p
          className={`belfry-field__counter${length > limit ? " belfry-field__counter--over" : ""}`}
          id={`${id}-counter`}
        >
          {texts.used({ length, limit })}
        </p>
      </div>
    </div>
  );
}

interface TypeFieldProps {
  readonly id: string;
  readonly registration: UseFormRegisterReturn;
  readonly error: string | undefined;
}

export function TypeField({ id, registration, error }: TypeFieldProps) {
  const texts = useTexts();
  return (
    <div className="belfry-field">
      <label className="belfry-field__label" htmlFor={id}>
        {texts.sending.type}
      </label>
      <select
        {...registration}
        id={id}
        className="belfry-field__input"
        aria-invalid={error !== undefined}
        aria-describedby={error && `${id}-error`}
      >
        {notificationTypes.map((type) => (
          <option key={type} value={type}>
            {texts.types[type]}
          </option>
        ))}
      </select>
      <p className="belfry-field__error" id={`${id}-error`}>
        {error}
      </p>
    </div>
  );
}
