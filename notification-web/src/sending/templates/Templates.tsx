import { Popover } from "@base-ui/react/popover";
import { useRef, useState } from "react";
import { usePortalContainer, useTexts } from "../../ui/NotificationContext";
import { Failure, Loading } from "../../ui/PagedList";
import type { UpdateForm } from "../form/useUpdateForm";
import type { Template } from "../../client/rest/schemas";
import { NameForm } from "./NameForm";
import { TemplateRow } from "./TemplateRow";
import { contentOfTemplate, useTemplates } from "./useTemplates";

/** What the writer keeps to send again: a button that opens it. */
export function Templates({ update }: { readonly update: UpdateForm }) {
  const texts = useTexts().sending.templates;
  const [isOpen, setOpen] = useState(false);
  const [lastName, setLastName] = useState("");
  const popup = useRef<HTMLDivElement>(null);
  const use = (template: Template) => {
    update.use(template.name, contentOfTemplate(template));
    setLastName(template.name);
    setOpen(false);
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={(next) => setOpen(next)}>
      <Popover.Trigger className="belfry-button belfry-button--quiet belfry-templates__open">
        {texts.name}
      </Popover.Trigger>
      <Popover.Portal container={usePortalContainer()}>
        <Popover.Positioner className="belfry-dialog__positioner" align="end" sideOffset={4} collisionPadding={8}>
          <Popover.Popup className="belfry-popup belfry-templates" ref={popup} initialFocus={popup}>
            <Popover.Title className="belfry-templates__title">{texts.name}</Popover.Title>
            <TemplateList
              update={update}
              lastName={lastName}
              onUse={use}
              onSaved={setLastName}
              onRemoved={() => popup.current?.focus()}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface TemplateListProps {
  readonly update: UpdateForm;
  /** Of the one that was used or saved last. */
  readonly lastName: string;
  readonly onUse: (template: Template) => void;
  readonly onSaved: (name: string) => void;
  readonly onRemoved: () => void;
}

function TemplateList({ update, lastName, onUse, onSaved, onRemoved }: TemplateListProps) {
  const texts = useTexts().sending;
  const words = texts.templates;
  const templates = useTemplates();
  const [news, setNews] = useState("");
  const { query } = templates;
  const save = async (name: string) => {
    const content = await update.validContent();
    if (!content) {
      return words.invalid;
    }
    const failure = await templates.save(name, content);
    if (failure === null) {
      onSaved(name.trim());
      setNews(words.saved({ name: name.trim() }));
    }
    return failure;
  };
  if (!query.data) {
    return query.isPending ? (
      <Loading text={texts.loading} skeleton="belfry-template" />
    ) : (
      <Failure text={words.error} label={texts.retry} retry={() => void query.refetch()} />
    );
  }
  return (
    <>
      {query.data.length === 0 && <p className="belfry-templates__none">{words.none}</p>}
      <ul className="belfry-templates__list">
        {query.data.map((template) => (
          <TemplateRow
            key={template.id}
            template={template}
            templates={templates}
            onUse={() => onUse(template)}
            onRemoved={() => {
              setNews(words.removed({ name: template.name }));
              onRemoved();
            }}
          />
        ))}
      </ul>
      <NameForm
        name={lastName}
        submitLabel={(name) => (templates.called(name) ? words.overwrite({ name: name.trim() }) : words.save)}
        onSubmit={save}
      />
      <p className="belfry-templates__news" role="status">
        {news}
      </p>
    </>
  );
}
