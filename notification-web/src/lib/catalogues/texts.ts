// Written by `npm run texts`, from en.json.
export interface Texts {
  /** en */
  readonly language: string;
  readonly types: {
    /** Course Update */
    readonly course_update: string;
    /** Announcement */
    readonly announcement: string;
    /** Message */
    readonly message: string;
    /** Live Session Start */
    readonly session_start: string;
    /** Exam Result */
    readonly exam_result: string;
    /** Course Enrollment */
    readonly course_enrollment: string;
  };
  readonly sending: {
    /** Send an update */
    readonly open: string;
    /** New update */
    readonly title: string;
    /** The form cannot be loaded at the moment. Reload the page to try again. */
    readonly openError: string;
    /** Draft saved {time} */
    readonly savedAt: (values: { readonly time: string }) => string;
    /** Your draft is kept. */
    readonly kept: string;
    /** Close */
    readonly close: string;
    /** Loading… */
    readonly loading: string;
    /** To */
    readonly to: string;
    /** Choose a course. */
    readonly courseMissing: string;
    /** Remove {course} */
    readonly courseRemove: (values: { readonly course: string }) => string;
    /** None of your courses is called so. */
    readonly courseNone: string;
    /** Your other courses cannot be offered at the moment. */
    readonly coursesError: string;
    /** Course {id} */
    readonly courseUnknown: (values: { readonly id: string }) => string;
    /** Counting the students… */
    readonly counting: string;
    /** {students, plural, one {# gets it} other {# get it}} */
    readonly reach: (values: { readonly students: number }) => string;
    /** {students, plural, one {# gets it} other {# get it}} · {online, number} online */
    readonly reachOnline: (values: { readonly students: number; readonly online: number }) => string;
    /** There are no students: nobody would get it. */
    readonly nobody: string;
    /** How many students will get it cannot be told at the moment. */
    readonly reachUnknown: string;
    /** Type */
    readonly type: string;
    /** Title */
    readonly titleField: string;
    /** Message */
    readonly message: string;
    /** Button (optional) */
    readonly button: string;
    /** Text */
    readonly label: string;
    /** Leads to */
    readonly url: string;
    /** Characters that cannot be seen are not allowed. */
    readonly labelWrong: string;
    /** Write a path of this platform, like /courses/1, or an address that begins with https://. */
    readonly urlWrong: string;
    /** Say where the button leads. */
    readonly urlMissing: string;
    /** (required) */
    readonly required: string;
    /** {length, number} of {limit, plural, one {# character} other {# characters}} */
    readonly used: (values: { readonly length: number; readonly limit: number }) => string;
    /** Write a message. */
    readonly messageMissing: string;
    /** Too long: {over, plural, one {# character} other {# characters}} over the limit. */
    readonly tooLong: (values: { readonly over: number }) => string;
    /** Send */
    readonly send: string;
    /** Send to {students, number} */
    readonly sendTo: (values: { readonly students: number }) => string;
    /** Send to me first */
    readonly test: string;
    /** You alone have got it, marked as a test. */
    readonly tested: string;
    /** There was no answer: it is not known whether you got the test. */
    readonly testUnknown: string;
    /** Sending… */
    readonly sending: string;
    /** Send again */
    readonly sendAgain: string;
    /** This draft is from your last visit. */
    readonly restored: string;
    /** This draft is from your last visit. It is not known whether it was sent; sending it again as it is is safe: students get it once. */
    readonly restoredAttempted: string;
    /** Discard draft */
    readonly discard: string;
    /** There was no answer: it is not known to be sent. Sending again is safe: students get it once. */
    readonly notKnownSent: string;
    /** It is not known whether the version before your change was sent. */
    readonly notKnownSentChanged: string;
    /** Courses that have the version before your change get this one too. */
    readonly sentChanged: string;
    /** Not sent yet. */
    readonly notTried: string;
    /** You have sent many updates within a minute. You can send again from {time}. */
    readonly tooMany: (values: { readonly time: string }) => string;
    /** You have sent many updates within a minute. Wait a little and send again. */
    readonly tooManyNow: string;
    /** Your sign-in has ended. The draft is kept: sign in and send it then. */
    readonly signInEnded: string;
    /** Not sent. {reason} */
    readonly refused: (values: { readonly reason: string }) => string;
    readonly fieldRefused: {
      /** The type {reason}. */
      readonly notification_type: (values: { readonly reason: string }) => string;
      /** The title {reason}. */
      readonly title: (values: { readonly reason: string }) => string;
      /** The message {reason}. */
      readonly message: (values: { readonly reason: string }) => string;
      /** The text {reason}. */
      readonly label: (values: { readonly reason: string }) => string;
      /** The address {reason}. */
      readonly url: (values: { readonly reason: string }) => string;
    };
    /** Write another */
    readonly writeAnother: string;
    /** Accepted for {students, plural, one {# student} other {# students}} */
    readonly accepted: (values: { readonly students: number }) => string;
    /** Being stored… */
    readonly storing: string;
    /** {stored, number} of {courses, plural, one {# course} other {# courses}} stored */
    readonly storedCourses: (values: { readonly stored: number; readonly courses: number }) => string;
    /** Stored for {students, plural, one {# student} other {# students}} */
    readonly stored: (values: { readonly students: number }) => string;
    /** Nobody got it: the course has no students. */
    readonly storedNobody: string;
    /** Read by {read, number} of {recipients, number} */
    readonly read: (values: { readonly read: number; readonly recipients: number }) => string;
    /** Not delivered: {reason} */
    readonly rejected: (values: { readonly reason: string }) => string;
    /** The latest progress cannot be told at the moment. */
    readonly stale: string;
    /** Sent updates */
    readonly sent: string;
    /** Loading what you sent… */
    readonly sentLoading: string;
    /** You have not sent anything to this course yet. */
    readonly sentEmpty: string;
    /** What you sent cannot be shown at the moment. */
    readonly sentError: string;
    /** Try again */
    readonly retry: string;
    /** Show earlier ones */
    readonly more: string;
    /** Loading… */
    readonly moreLoading: string;
    /** Earlier ones cannot be shown at the moment. */
    readonly moreError: string;
    /** What became of it */
    readonly report: string;
    /** Not read {students, number} */
    readonly notReadBy: (values: { readonly students: number }) => string;
    /** Read {students, number} */
    readonly readBy: (values: { readonly students: number }) => string;
    /** Text */
    readonly text: string;
    /** None has read it yet. */
    readonly readByNone: string;
    /** All have read it. */
    readonly readByAll: string;
    /** The names cannot be shown at the moment. */
    readonly namesError: string;
    /** User {user} */
    readonly unknownName: (values: { readonly user: string }) => string;
    /** Save as CSV */
    readonly file: string;
    /** The file cannot be had at the moment. */
    readonly fileError: string;
    /** Without a title */
    readonly untitled: string;
    /** Update */
    readonly titleUnknown: string;
    readonly preview: {
      /** Preview */
      readonly name: string;
      /** In the bell */
      readonly bell: string;
      /** Opened */
      readonly opened: string;
      /** As it arrives */
      readonly toast: string;
    };
    readonly templates: {
      /** Templates */
      readonly name: string;
      /** None yet. Write an update, and save it here to use it again. */
      readonly none: string;
      /** Your templates cannot be shown at the moment. */
      readonly error: string;
      /** “{name}” is in the form. */
      readonly used: (values: { readonly name: string }) => string;
      /** Name */
      readonly nameField: string;
      /** Save as a template */
      readonly save: string;
      /** Overwrite “{name}” */
      readonly overwrite: (values: { readonly name: string }) => string;
      /** “{name}” is saved. */
      readonly saved: (values: { readonly name: string }) => string;
      /** Rename */
      readonly rename: string;
      /** Save */
      readonly renamed: string;
      /** Cancel */
      readonly cancel: string;
      /** Delete “{name}”? */
      readonly sure: (values: { readonly name: string }) => string;
      /** “{name}” is deleted. */
      readonly removed: (values: { readonly name: string }) => string;
      /** Give it a name. */
      readonly nameMissing: string;
      /** Another template has this name. */
      readonly taken: string;
      /** You have 50 templates: delete one first. */
      readonly tooMany: string;
      /** It did not work: {reason} */
      readonly failed: (values: { readonly reason: string }) => string;
      /** It did not work: there was no answer. */
      readonly failedUnknown: string;
      /** Put right what is marked in the form first. */
      readonly invalid: string;
    };
  };
  readonly inbox: {
    /** Notifications */
    readonly heading: string;
    /** {unread, plural, =0 {Notifications} other {Notifications, # unread}} */
    readonly bell: (values: { readonly unread: number }) => string;
    /** Close */
    readonly close: string;
    /** All */
    readonly all: string;
    /** Unread */
    readonly unread: string;
    /** See all notifications */
    readonly seeAll: string;
    /** New notifications */
    readonly toasts: string;
    /** Instructors of this course can see who has read this. */
    readonly reported: string;
    /** Back to all notifications */
    readonly backToAll: string;
    /** Mark as read */
    readonly markRead: string;
    /** Mark as unread */
    readonly markUnread: string;
    /** Mark all as read */
    readonly markAllRead: string;
    /** Delete */
    readonly remove: string;
    /** Deleted: */
    readonly removed: string;
    /** Undo */
    readonly undo: string;
    /** Open */
    readonly open: string;
    /** Test */
    readonly test: string;
    /** {action}: {title} */
    readonly action: (values: { readonly action: string; readonly title: string }) => string;
    /** Unread: */
    readonly unreadPrefix: string;
    /** just now */
    readonly justNow: string;
    /** Loading… */
    readonly loading: string;
    /** Show earlier ones */
    readonly more: string;
    /** Earlier ones cannot be shown at the moment. */
    readonly moreError: string;
    /** That’s all. */
    readonly thatsAll: string;
    /** {count, number} new */
    readonly showNew: (values: { readonly count: number }) => string;
    /** Show {count, plural, one {# new notification} other {# new notifications}} */
    readonly showNewName: (values: { readonly count: number }) => string;
    /** Nothing yet. What your courses tell you will be here. */
    readonly empty: string;
    /** You have read everything. */
    readonly emptyUnread: string;
    /** Nothing of this course yet. */
    readonly emptyCourse: string;
    /** Nothing unread of this course. */
    readonly emptyUnreadCourse: string;
    /** Nothing of the type “{type}” yet. */
    readonly emptyType: (values: { readonly type: string }) => string;
    /** Nothing unread of the type “{type}”. */
    readonly emptyUnreadType: (values: { readonly type: string }) => string;
    /** Your notifications cannot be shown at the moment. */
    readonly error: string;
    /** This notification cannot be shown at the moment. */
    readonly oneError: string;
    /** This notification is not there. It may have been deleted. */
    readonly oneMissing: string;
    /** Try again */
    readonly retry: string;
    /** Trying again… */
    readonly retrying: string;
    /** It is tried again by itself. */
    readonly triedAgain: string;
    readonly keys: {
      /** one up or down */
      readonly move: string;
      /** first, last */
      readonly ends: string;
      /** what can be done with one */
      readonly along: string;
      /** mark as read */
      readonly read: string;
      /** mark as unread */
      readonly unread: string;
      /** delete */
      readonly remove: string;
      /** to the filters */
      readonly filter: string;
      /** these keys */
      readonly help: string;
    };
    /** Filter */
    readonly filter: string;
    /** Courses */
    readonly courses: string;
    /** All courses */
    readonly allCourses: string;
    /** {unread, plural, =0 {{course}} other {{course}, # unread}} */
    readonly unreadOf: (values: { readonly unread: number; readonly course: string }) => string;
    /** Type */
    readonly type: string;
    /** All types */
    readonly allTypes: string;
    /** Only unread */
    readonly onlyUnread: string;
    /** Connecting… */
    readonly connecting: string;
    /** Live */
    readonly live: string;
    /** Reconnecting… */
    readonly reconnecting: string;
    /** Offline */
    readonly offline: string;
    /** Checking every minute */
    readonly polling: string;
    /** last checked {time} */
    readonly lastChecked: (values: { readonly time: string }) => string;
    /** The server cannot be reached */
    readonly unreachable: string;
    /** next try at {time} */
    readonly nextTry: (values: { readonly time: string }) => string;
    /** Your notifications cannot be shown: the server refuses. */
    readonly rejected: string;
    /** Try now */
    readonly tryNow: string;
    /** What you did is kept. */
    readonly kept: string;
    /** You are signed out. Reload the page to sign in again. */
    readonly signedOut: string;
    /** No longer live. Reload the page to see what is new. */
    readonly stopped: string;
    /** Reload */
    readonly reload: string;
    /** up to date as of {time} */
    readonly upToDate: (values: { readonly time: string }) => string;
    /** {count, plural, =0 {caught up, nothing new} other {caught up, # new}} */
    readonly caughtUp: (values: { readonly count: number }) => string;
    /** {count, plural, one {# new notification} other {# new notifications}} */
    readonly arrived: (values: { readonly count: number }) => string;
    readonly desktop: {
      /** Notify me on this computer */
      readonly turnOn: string;
      /** Do not notify me on this computer */
      readonly turnOff: string;
      /** The browser’s settings keep this page from notifying you on this computer. */
      readonly blocked: string;
    };
    readonly refused: {
      /** Marking as read was undone */
      readonly read: string;
      /** Marking as unread was undone */
      readonly unread: string;
      /** Marking all as read was undone */
      readonly all_read: string;
      /** Deleting was undone */
      readonly deleted: string;
    };
  };
}
