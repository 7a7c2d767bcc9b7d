import { Link, useParams } from "wouter";
import { useMe } from "../ui/NotificationContext";
import { isFinal, useIsMissing } from "../ui/useIsMissing";
import { useCourse } from "../sending/queries";
import { Refused } from "../client/rest/inboxApi";
import { roleName, studentCount } from "./Courses";
import { usePageTexts } from "./language";
import { lazily } from "./lazily";
import { idOf, Meanwhile, NotFound, PageHeading, PageFailure } from "./page";

const Sending = lazily(async () => (await import("./Sending")).Sending, <Meanwhile loading="sendLoading" />);

export function CourseDetail() {
  const id = idOf(useParams<{ id: string }>().id);
  return id === null ? <NotFound /> : <OneCourse key={id} id={id} />;
}

function OneCourse({ id }: { readonly id: number }) {
  const texts = usePageTexts();
  const query = useCourse(id);
  const { data: course, error, refetch } = query;
  const isMissing = useIsMissing(query);
  const isAdmin = useMe()?.roles.includes("admin") ?? false;
  if (!course && !isMissing) {
    return <Meanwhile heading="course" loading="courseLoading" />;
  }
  if (!course) {
    return error instanceof Refused && error.status === 404 ? (
      <NotFound />
    ) : (
      <>
        <PageHeading>{texts.course}</PageHeading>
        <PageFailure isTried={!isFinal(error)} retry={() => void refetch()}>
          {texts.courseError}
        </PageFailure>
      </>
    );
  }
  const mayWrite = course.role === "instructor" || isAdmin;
  const role = roleName(course.role, texts);
  return (
    <>
      <PageHeading>{course.title}</PageHeading>
      <p className="page__facts">
        {role && <span>{role}</span>}
        <span>{studentCount(course, texts)}</span>
      </p>
      {mayWrite ? (
        <Sending courseId={course.id} />
      ) : (
        <>
          <p>{texts.courseOfStudent}</p>
          <p>
            <Link href="/notifications" className="belfry-focusable">
              {texts.toNotifications}
            </Link>
          </p>
        </>
      )}
    </>
  );
}
