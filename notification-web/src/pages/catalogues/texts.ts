// Written by `npm run texts`, from en.json.
export interface PageTexts {
  /** Your courses */
  readonly courses: string;
  /** Loading your courses… */
  readonly coursesLoading: string;
  /** Your courses cannot be shown at the moment. */
  readonly coursesError: string;
  /** You are in no course yet. */
  readonly coursesEmpty: string;
  /** Show more courses */
  readonly coursesMore: string;
  /** Loading… */
  readonly coursesMoreLoading: string;
  /** More courses cannot be shown at the moment. */
  readonly coursesMoreError: string;
  /** You teach this course */
  readonly instructor: string;
  /** You are a student */
  readonly student: string;
  /** {students, plural, one {# student} other {# students}} */
  readonly students: (values: { readonly students: number }) => string;
  /** {students, plural, one {# student} other {# students}}, {online, number} online now */
  readonly studentsOnline: (values: { readonly students: number; readonly online: number }) => string;
  /** Course */
  readonly course: string;
  /** Loading the course… */
  readonly courseLoading: string;
  /** The course cannot be shown at the moment. */
  readonly courseError: string;
  /** What this course tells you comes to the bell above, and stays in your notifications. */
  readonly courseOfStudent: string;
  /** To your notifications */
  readonly toNotifications: string;
  /** Sent update */
  readonly send: string;
  /** Loading what you sent… */
  readonly sendLoading: string;
  /** What became of it cannot be shown at the moment. */
  readonly sendError: string;
  /** Notifications */
  readonly notifications: string;
  /** Loading your notifications… */
  readonly notificationsLoading: string;
  /** Nothing here */
  readonly nothing: string;
  /** There is nothing at this address, or it is not yours to see. */
  readonly nothingText: string;
  /** To your courses */
  readonly toCourses: string;
  /** This part of the page cannot be loaded. */
  readonly partError: string;
  /** Try again */
  readonly retry: string;
  /** It is tried again by itself. */
  readonly triedAgain: string;
  /** Skip to the content */
  readonly skip: string;
  /** Main */
  readonly main: string;
  /** Courses */
  readonly coursesLink: string;
  /** Language */
  readonly language: string;
  /** Sign in */
  readonly signIn: string;
  /** Your sign-in has ended. Sign in again to go on where you were: drafts, and what could not be sent yet, are kept. */
  readonly signInEnded: string;
  /** Signing in… */
  readonly signingIn: string;
  /** Sign out */
  readonly signOut: string;
  /** Signing out… */
  readonly signingOut: string;
  /** Loading who can sign in… */
  readonly peopleLoading: string;
  /** The server cannot be reached at the moment. */
  readonly peopleError: string;
  /** This is a demo: choose who you are. To see both sides, take two windows and be two people. */
  readonly demo: string;
  /** Or by username */
  readonly byUsername: string;
  /** Nobody here is called “{name}”. */
  readonly unknownUser: (values: { readonly name: string }) => string;
  /** Signing in did not work: the server cannot be reached. Try again. */
  readonly signInError: string;
  /** This installation has no sign-in of its own: your learning platform signs people in and gives Belfry their tokens. These pages are the demo; in production, put the components into your own: */
  readonly elsewhere: string;
  /** Example */
  readonly example: string;
  /** The tokens are JSON Web Tokens of the key that the operator sets: */
  readonly tokens: string;
}
