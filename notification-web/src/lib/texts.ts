import { inboxTexts } from "./inboxTexts";
import { sendingTexts } from "./sendingTexts";

/** All that the components say. A platform may give the provider others: another language, other words. */
export const englishTexts = {
  /** How each type is shown. One that is not here is shown by its own name. */
  types: {
    course_update: "Course Update",
    announcement: "Announcement",
    message: "Message",
    session_start: "Live Session Start",
    exam_result: "Exam Result",
    course_enrollment: "Course Enrollment",
  },
  /** What an instructor reads. */
  sending: sendingTexts,
  /** What a student reads. */
  inbox: inboxTexts,
};

export type Texts = typeof englishTexts;
