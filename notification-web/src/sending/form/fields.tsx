import { useId, type ReactNode } from "react";
import type { UseFormRegisterReturn, UseFormReturn } from "react-hook-form";
import { useTexts } from "../../ui/NotificationContext";
import { codePoints } from "../../lib/words";
import { limits, type MessageValues } from "./messageForm";
import { notificationTypes } from "../../client/wire/notification";

interface TextFieldProps {
  /** Absent = one of its own. */
  readonly id?: string;
  readonly label: string;
  readonly registration: UseFormRegisterReturn;
  readonly value: string;
  /** In code points; absent = none that is worth counting to. */
  readonly limit?: number;
  readonly error: string | undefined;
  readonly isReadOnly?: boolean;
  readonly isRequired?: boolean;
  /** Of one line if absent. */
  readonly rows?: number;
  /** What it is if it is left empty. */
  readonly placeholder?: string;
  /** Beside the label. */
  readonly tools?: ReactNode;
}

/** A text with its counter and with what is wrong with it. It takes more than the limit, so that nothing pasted is lost. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    registration,
    value,
    limit,
    error,
    isReadOnly = false,
    isRequired = false,
    rows,
    placeholder,
    tools,
  } = props;
  const ownId = useId();
  const id = props.id ?? ownId;
  const input = {
    ...registration,
    id,
    placeholder,
    className: "belfry-field__input",
    readOnly: isReadOnly,
    required: isRequired,
    "aria-invalid": error !== undefined,
    "aria-describedby": [error && `${id}-error`, limit && `${id}-counter`].filter(Boolean).join(" ") || undefined,
  };
  return (
    <div className="belfry-field">
      <div className="belfry-field__head">
        <FieldLabel htmlFor={id} isRequired={isRequired}>
          {label}
        </FieldLabel>
        {tools}
      </div>
      {rows ? (
        <textarea {...input} rows={rows} dir="auto" />
      ) : (
        <input {...input} type="text" autoComplete="off" dir="auto" />
      )}
      <div className="belfry-field__notes">
        <p className="belfry-field__error" id={`${id}-error`}>
          {error}
        </p>
        {limit !== undefined && <Counter id={`${id}-counter`} length={codePoints(value)} limit={limit} />}
      </div>
    </div>
  );
}

interface FieldLabelProps {
  readonly htmlFor: string;
  readonly isRequired: boolean;
  readonly children: string;
}

function FieldLabel({ htmlFor, isRequired, children }: FieldLabelProps) {
  const texts = useTexts().sending;
  return (
    <label className="belfry-field__label" htmlFor={htmlFor}>
      <span>{children}</span> {isRequired && <span aria-hidden>{texts.required}</span>}
    </label>
  );
}

interface CounterProps {
  readonly id: string;
  readonly length: number;
  readonly limit: number;
}

function Counter({ id, length, limit }: CounterProps) {
  const texts = useTexts().sending;
  return (
    <p className={`belfry-field__counter${length > limit ? " belfry-field__counter--over" : ""}`} id={id}>
      {texts.used({ length, limit })}
    </p>
  );
}

interface ButtonFieldsProps {
  readonly form: UseFormReturn<MessageValues>;
  readonly values: MessageValues;
  readonly isReadOnly: boolean;
}

/** What the students' button is called and where it leads. */
export function ButtonFields({ form, values, isReadOnly }: ButtonFieldsProps) {
  const texts = useTexts();
  const { errors } = form.formState;
  return (
    <fieldset className="belfry-update__button">
      <legend className="belfry-field__label">{texts.sending.button}</legend>
      <TextField
        label={texts.sending.label}
        placeholder={texts.inbox.open}
        registration={form.register("label", {
          // Without a text the address may be missing.
          onChange: () => void (errors.url && form.trigger("url")),
        })}
        value={values.label}
        limit={limits.label}
        error={errors.label?.message}
        isReadOnly={isReadOnly}
      />
      <TextField
        label={texts.sending.url}
        registration={form.register("url")}
        value={values.url}
        error={errors.url?.message}
        isReadOnly={isReadOnly}
      />
    </fieldset>
  );
}

interface TypeFieldProps {
  readonly registration: UseFormRegisterReturn;
  readonly error: string | undefined;
}

export function TypeField({ registration, error }: TypeFieldProps) {
  const texts = useTexts();
  const id = useId();
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
