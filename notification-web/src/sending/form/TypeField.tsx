import type { UseFormRegisterReturn } from "react-hook-form";
import { useTexts } from "../../ui/NotificationContext";
import { notificationTypes } from "../../client/wire/notification";

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
