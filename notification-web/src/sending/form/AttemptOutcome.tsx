import { useTexts } from "../../ui/NotificationContext";
import type { Texts } from "../../lib/texts";
import { CourseName } from "../CourseName";
import type { CourseOutcome } from "./outcomes";
import type { Attempt, TestOutcome } from "./useSending";

interface AttemptOutcomeProps {
  readonly attempt: Attempt | null;
  /** What it tried to send is what is in the form. */
  readonly isSame: boolean;
}

/** Why a send did not reach all of its courses: of one course in a line, of several each. */
export function AttemptOutcome({ attempt, isSame }: AttemptOutcomeProps) {
  const texts = useTexts().sending;
  return (
    <div className="belfry-update__outcome" role="alert">
      {attempt &&
        (attempt.courses.length === 1 ? <One attempt={attempt} isSame={isSame} /> : <Each attempt={attempt} />)}
      {attempt && attempt.courses.length > 1 && !isSame && has(attempt, "sent") && (
        <p className="belfry-alert belfry-alert--warning">{texts.sentChanged}</p>
      )}
    </div>
  );
}

function One({ attempt, isSame }: AttemptOutcomeProps & { readonly attempt: Attempt }) {
  const texts = useTexts().sending;
  const [outcome] = attempt.outcomes.values();
  switch (outcome?.kind) {
    case "unknown":
      return (
        <p className="belfry-alert belfry-alert--warning">{isSame ? texts.notKnownSent : texts.notKnownSentChanged}</p>
      );
    case "not_sent":
      return <p className="belfry-alert">{outcome.reason}</p>;
    default:
      return null;
  }
}

function Each({ attempt }: { readonly attempt: Attempt }) {
  const texts = useTexts().sending;
  return (
    <ul className="belfry-alert belfry-alert--warning belfry-update__courses">
      {attempt.courses.map((course) => (
        <li key={course}>
          <b>
            <CourseName id={course} />
          </b>{" "}
          <span>{inWords(attempt.outcomes.get(course), texts)}</span>
        </li>
      ))}
    </ul>
  );
}

/** @param outcome undefined = it was not tried any more */
function inWords(outcome: CourseOutcome | undefined, texts: Texts["sending"]): string {
  switch (outcome?.kind) {
    case "sent":
      return texts.accepted({ students: outcome.receipt.recipients });
    case "unknown":
      return texts.notKnownSent;
    case "not_sent":
      return outcome.reason;
    default:
      return texts.notTried;
  }
}

function has(attempt: Attempt, kind: CourseOutcome["kind"]): boolean {
  return [...attempt.outcomes.values()].some((outcome) => outcome.kind === kind);
}

/** What became of a test. */
export function TestLine({ outcome }: { readonly outcome: TestOutcome | null }) {
  const texts = useTexts().sending;
  const isSent = outcome?.kind === "sent";
  return (
    <div className="belfry-update__outcome" role="status">
      {isSent && <p className="belfry-alert belfry-alert--note">{texts.tested}</p>}
      {outcome?.kind === "unknown" && <p className="belfry-alert belfry-alert--warning">{texts.testUnknown}</p>}
      {outcome?.kind === "not_sent" && <p className="belfry-alert">{outcome.reason}</p>}
    </div>
  );
}
