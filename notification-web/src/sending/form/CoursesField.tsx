import { Combobox } from "@base-ui/react/combobox";
import { Dialog } from "@base-ui/react/dialog";
import { useId, useMemo, useRef } from "react";
import { useController, type Control } from "react-hook-form";
import { Icon } from "../../ui/Icon";
import { useLocale, useMe, useTexts } from "../../ui/NotificationContext";
import { CourseName } from "../CourseName";
import { useAllCourses } from "../queries";
import { reachInWords, useReach } from "../reach";
import type { Course } from "../../client/rest/schemas";
import type { MessageValues } from "./messageForm";

interface CoursesFieldProps {
  readonly control: Control<MessageValues>;
  readonly isReadOnly: boolean;
}

/** To whom it goes: who writes to more than one course can choose among theirs. How many get it is the dialog's description. */
export function CoursesField({ control, isReadOnly }: CoursesFieldProps) {
  const texts = useTexts().sending;
  const { field, fieldState } = useController({ control, name: "courses" });
  const { courses, isError } = useOwnCourses();
  const reach = useReach(field.value);
  const id = useId();
  const isChoice = courses.some((course) => !field.value.includes(course.id)) || field.value.length !== 1;
  return (
    <div className="belfry-field">
      {isChoice ? (
        <>
          <label className="belfry-field__label" htmlFor={id}>
            {texts.to}
          </label>
          <CourseChoice
            id={id}
            courses={courses}
            value={field.value}
            onChange={field.onChange}
            inputRef={field.ref}
            isReadOnly={isReadOnly}
            isInvalid={fieldState.invalid}
            describedBy={fieldState.invalid ? `${id}-error` : undefined}
          />
        </>
      ) : (
        <p className="belfry-field__label">
          <span>{texts.to}</span> <b>{field.value[0] && <CourseName id={field.value[0]} />}</b>
        </p>
      )}
      <div className="belfry-field__notes">
        <p className="belfry-field__error" id={`${id}-error`}>
          {fieldState.error?.message ?? (isError ? texts.coursesError : undefined)}
        </p>
        <Dialog.Description className="belfry-field__counter">
          {field.value.length > 0 && reachInWords(reach, texts)}
        </Dialog.Description>
      </div>
    </div>
  );
}

/** Those that the user may write to: that they instruct, or all for an admin. */
function useOwnCourses(): { readonly courses: readonly Course[]; readonly isError: boolean } {
  const isAdmin = useMe()?.roles.includes("admin") ?? false;
  const { data, isError } = useAllCourses();
  const courses = useMemo(
    () => data?.pages.flatMap(({ results }) => results).filter(({ role }) => isAdmin || role === "instructor") ?? [],
    [data, isAdmin],
  );
  return { courses, isError };
}

interface CourseChoiceProps {
  readonly id: string;
  readonly courses: readonly Course[];
  readonly value: readonly number[];
  readonly onChange: (value: number[]) => void;
  readonly inputRef: (input: HTMLInputElement | null) => void;
  readonly isReadOnly: boolean;
  readonly isInvalid: boolean;
  readonly describedBy: string | undefined;
}

/** More are found by their names. */
const SHOWN = 100;

function CourseChoice({ id, courses, value, onChange, inputRef, ...state }: CourseChoiceProps) {
  const texts = useTexts().sending;
  const locale = useLocale();
  const items = useMemo(
    () => Combobox.createItems([...courses], { getValue: (course) => course.id, getLabel: (course) => course.title }),
    [courses],
  );
  const place = useRef<HTMLDivElement>(null);
  const nameOf = (course: number) =>
    courses.find((one) => one.id === course)?.title ?? texts.courseUnknown({ id: String(course) });
  return (
    <Combobox.Root
      multiple
      items={items}
      value={[...value]}
      onValueChange={(next, details) => {
        if (details.reason === "escape-key") {
          // The library empties the choice; here the key closes the dialog, as everywhere in it.
          details.cancel();
          details.allowPropagation();
        } else {
          onChange(next);
        }
      }}
      readOnly={state.isReadOnly}
      limit={SHOWN}
      locale={locale}
    >
      <Combobox.InputGroup className="belfry-field__input belfry-chosen">
        <Combobox.Chips className="belfry-chosen__list">
          {value.map((course) => (
            <Combobox.Chip key={course} className="belfry-chosen__one" aria-label={nameOf(course)}>
              <CourseName id={course} />
              <Combobox.ChipRemove
                className="belfry-chosen__remove"
                aria-label={texts.courseRemove({ course: nameOf(course) })}
              >
                <Icon name="close" />
              </Combobox.ChipRemove>
            </Combobox.Chip>
          ))}
          <Combobox.Input
            id={id}
            ref={inputRef}
            className="belfry-chosen__input"
            // The library hides the label while the list is open.
            aria-label={texts.to}
            aria-invalid={state.isInvalid}
            aria-describedby={state.describedBy}
          />
        </Combobox.Chips>
      </Combobox.InputGroup>
      {/* In the dialog, and so in what its readers are told of. */}
      <div className="belfry-choice__place" ref={place} />
      <Combobox.Portal container={place}>
        <Combobox.Positioner className="belfry-dialog__positioner" sideOffset={4}>
          <Combobox.Popup className="belfry-popup belfry-choice">
            <Combobox.Empty>
              <p className="belfry-choice__empty">{texts.courseNone}</p>
            </Combobox.Empty>
            <Combobox.List className="belfry-choice__list">
              {(course: Course) => (
                <Combobox.Item key={course.id} value={course.id} className="belfry-choice__item">
                  <bdi>{course.title}</bdi>
                  <Combobox.ItemIndicator>
                    <Icon name="check" />
                  </Combobox.ItemIndicator>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
