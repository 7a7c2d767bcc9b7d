const count = (n: number, one: string, many: string) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const students = (n: number) => count(n, "student", "students");

/** What an instructor reads. */
export const sendingTexts = {
  open: "Send an update",
  title: "Send an update to the course",
  close: "Close",
  loading: "Loading…",

  counting: "Counting the students…",
  reach: (enrolled: number, online: number | null) =>
    online === null ? students(enrolled) : `${students(enrolled)}, ${online.toLocaleString("en")} online now`,
  nobody: "This course has no students: nobody would get it.",
  reachUnknown: "How many students will get it cannot be told at the moment.",

  type: "Type",
  titleField: "Title",
  message: "Message",
  required: "(required)",
  used: (length: number, limit: number) => `${length.toLocaleString("en")} of ${limit.toLocaleString("en")} characters`,
  messageMissing: "Write a message.",
  tooLong: (over: number) => `Too long: ${count(over, "character", "characters")} over the limit.`,

  send: "Send",
  sending: "Sending…",
  sendAgain: "Send again",
  restored: "This draft is from your last visit.",
  restoredAttempted:
    "This draft is from your last visit. It is not known whether it was sent; sending it again as it is is safe: students get it once.",
  discard: "Discard draft",

  notKnownSent: "There was no answer: it is not known to be sent. Sending again is safe: students get it once.",
  notKnownSentChanged: "It is not known whether the version before your change was sent.",
  tooMany: (at: string) => `You have sent many updates within a minute. You can send again from ${at}.`,
  tooManyNow: "You have sent many updates within a minute. Wait a little and send again.",
  signInEnded: "Your sign-in has ended. The draft is kept: sign in and send it then.",
  refused: (reason: string) => `Not sent. ${reason}`,
  /** What the api says of a field goes on after its name. */
  fieldRefused: {
    notification_type: (reason: string) => `The type ${reason}.`,
    title: (reason: string) => `The title ${reason}.`,
    message: (reason: string) => `The message ${reason}.`,
  },

  writeAnother: "Write another",
  accepted: (recipients: number) => `Accepted for ${students(recipients)}`,
  storing: "Being stored…",
  stored: (recipients: number) => `Stored for ${students(recipients)}`,
  storedNobody: "Nobody got it: the course has no students.",
  read: (read: number, recipients: number) =>
    `Read by ${read.toLocaleString("en")} of ${recipients.toLocaleString("en")}`,
  rejected: (reason: string) => `Not delivered: ${reason}`,
  stale: "The latest progress cannot be told at the moment.",

  sent: "Sent updates",
  sentLoading: "Loading what you sent…",
  sentEmpty: "You have not sent anything to this course yet.",
  sentError: "What you sent cannot be shown at the moment.",
  retry: "Try again",
  more: "Show earlier ones",
  moreLoading: "Loading…",
  moreError: "Earlier ones cannot be shown at the moment.",
  untitled: "Without a title",
  /** The api tells what was sent once it is stored. */
  titleUnknown: "Update",
};
