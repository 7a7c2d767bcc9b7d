const count = (n: number, one: string, many: string) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const students = (n: number) => count(n, "student", "students");

/** What an instructor reads. */
const sendingTexts = {
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
  report: "What became of it",
  notReadBy: (n: number) => `Not read ${n.toLocaleString("en")}`,
  readBy: (n: number) => `Read ${n.toLocaleString("en")}`,
  text: "Text",
  readByNone: "None has read it yet.",
  readByAll: "All have read it.",
  namesError: "The names cannot be shown at the moment.",
  unknownName: (user: number) => `User ${user}`,
  file: "Save as CSV",
  fileError: "The file cannot be had at the moment.",
  untitled: "Without a title",
  /** The api tells what was sent once it is stored. */
  titleUnknown: "Update",
};

const news = (n: number) => count(n, "new notification", "new notifications");

/** What a student reads. */
const inboxTexts = {
  /** Of these texts, so that times speak the same. */
  language: "en",

  heading: "Notifications",
  bell: (unread: number) => (unread === 0 ? "Notifications" : `Notifications, ${unread.toLocaleString("en")} unread`),
  close: "Close",
  all: "All",
  unread: "Unread",
  seeAll: "See all notifications",
  toasts: "New notifications",
  reported: "Instructors of this course can see who has read this.",
  backToAll: "Back to all notifications",

  markRead: "Mark as read",
  markUnread: "Mark as unread",
  markAllRead: "Mark all as read",
  remove: "Delete",
  removed: "Deleted:",
  undo: "Undo",
  open: "Open",
  /** What a button does, and to which notification. */
  action: (what: string, title: string) => `${what}: ${title}`,
  unreadPrefix: "Unread:",
  justNow: "just now",

  loading: "Loading…",
  more: "Show earlier ones",
  moreError: "Earlier ones cannot be shown at the moment.",
  thatsAll: "That’s all.",
  showNew: (n: number) => `${n.toLocaleString("en")} new`,
  showNewName: (n: number) => `Show ${news(n)}`,

  empty: "Nothing yet. What your courses tell you will be here.",
  emptyUnread: "You have read everything.",
  emptyCourse: "Nothing of this course yet.",
  emptyUnreadCourse: "Nothing unread of this course.",
  emptyType: (type: string) => `Nothing of the type “${type}” yet.`,
  emptyUnreadType: (type: string) => `Nothing unread of the type “${type}”.`,
  error: "Your notifications cannot be shown at the moment.",
  oneError: "This notification cannot be shown at the moment.",
  oneMissing: "This notification is not there. It may have been deleted.",
  retry: "Try again",
  retrying: "Trying again…",

  /** Each key and what it does in a list. */
  keys: [
    ["↑ ↓", "one up or down"],
    ["Home End", "first, last"],
    ["→ ←", "what can be done with one"],
    ["E", "mark as read"],
    ["U", "mark as unread"],
    ["Delete", "delete"],
    ["/", "to the filters"],
    ["?", "these keys"],
  ] as readonly (readonly [string, string])[],

  filter: "Filter",
  courses: "Courses",
  allCourses: "All courses",
  unreadOf: (course: string, unread: number) =>
    unread === 0 ? course : `${course}, ${unread.toLocaleString("en")} unread`,
  type: "Type",
  allTypes: "All types",
  onlyUnread: "Only unread",

  connecting: "Connecting…",
  live: "Live",
  reconnecting: "Reconnecting…",
  offline: "Offline",
  signedOut: "You are signed out. Reload the page to sign in again.",
  stopped: "No longer live. Reload the page to see what is new.",
  reload: "Reload",
  upToDate: (time: string) => `up to date as of ${time}`,
  caughtUp: (n: number) => (n === 0 ? "caught up, nothing new" : `caught up, ${n.toLocaleString("en")} new`),
  arrived: news,

  refused: {
    read: "Marking as read was undone",
    unread: "Marking as unread was undone",
    all_read: "Marking all as read was undone",
    deleted: "Deleting was undone",
  },
};

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
