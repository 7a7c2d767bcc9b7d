import { useQuery } from "@tanstack/react-query";
import { useNotificationService, useTexts } from "../../ui/NotificationContext";
import { Refused, SignInRequired } from "../../client/rest/inboxApi";
import type { Template } from "../../client/rest/schemas";
import { codePoints } from "../../lib/words";
import type { Texts } from "../../lib/texts";
import { refusedFields } from "../form/outcomes";
import { contentOf, messageOf, type Content } from "../form/messageForm";
import { networkMode, queryKeys, useQueries } from "../queries";

const NAME_LIMIT = 80;

/** One's own templates, and what can be done with them. What does is answered with what went wrong, in words, or null. */
export function useTemplates() {
  const service = useNotificationService();
  const queries = useQueries();
  const texts = useTexts().sending;
  const query = useQuery({ queryKey: queryKeys.templates, queryFn: () => service.templates(), networkMode }, queries);
  const templates = query.data ?? [];

  const attempt = async (change: Promise<unknown>): Promise<string | null> => {
    try {
      await change;
      return null;
    } catch (error) {
      return failureOf(error, texts);
    } finally {
      // Also after a refusal: it may be known elsewhere what is not known here.
      await queries.invalidateQueries({ queryKey: queryKeys.templates });
    }
  };
  const named = async (name: string, change: (name: string) => Promise<unknown>) =>
    wrongWith(name, texts) ?? attempt(change(name.trim()));

  const called = (name: string) => templates.find((template) => template.name === name.trim());
  return {
    query,
    templates,
    /** The one of this name. */
    called,
    /** Under a name that is there it takes the place of what was kept under it. */
    save: (name: string, content: Content) =>
      named(name, (trimmed) => {
        const known = called(trimmed);
        const { data = {}, ...message } = messageOf(content);
        return known
          ? service.changeTemplate(known.id, { ...message, data })
          : service.addTemplate(trimmed, messageOf(content));
      }),
    rename: (id: number, name: string) => named(name, (trimmed) => service.changeTemplate(id, { name: trimmed })),
    remove: (id: number) => attempt(gone(service.removeTemplate(id))),
  };
}

export type Templates = ReturnType<typeof useTemplates>;

/** What a template puts into the form. */
export function contentOfTemplate({ notification_type, title, message, data }: Template): Content {
  const textIn = (value: unknown) => (typeof value === "string" ? value : "");
  return contentOf({ notification_type, title, message, label: textIn(data.label), url: textIn(data.url) });
}

/** Deleted before, here or elsewhere: what was wanted is so. */
async function gone(removal: Promise<void>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!(error instanceof Refused && error.status === 404)) {
      throw error;
    }
  }
}

function wrongWith(name: string, texts: Texts["sending"]): string | null {
  const length = codePoints(name.trim());
  if (length === 0) {
    return texts.templates.nameMissing;
  }
  return length > NAME_LIMIT ? texts.tooLong({ over: length - NAME_LIMIT }) : null;
}

function failureOf(error: unknown, texts: Texts["sending"]): string {
  if (error instanceof SignInRequired) {
    return texts.signInEnded;
  }
  if (!(error instanceof Refused)) {
    return texts.templates.failedUnknown;
  }
  switch (error.code) {
    case "template_name_taken":
      return texts.templates.taken;
    case "too_many_templates":
      return texts.templates.tooMany;
    default: {
      const ofForm = refusedFields(error, texts).map(([, reason]) => reason);
      const reason = error.fields.get("name") ?? error.message;
      return ofForm.join(" ") || texts.templates.failed({ reason });
    }
  }
}
