import { useState } from "react";
import { IconButton } from "../../ui/Icon";
import { useTexts } from "../../ui/NotificationContext";
import type { Template } from "../../client/rest/schemas";
import { NameForm } from "./NameForm";
import type { Templates } from "./useTemplates";

interface TemplateRowProps {
  readonly template: Template;
  readonly templates: Pick<Templates, "rename" | "remove">;
  readonly onUse: () => void;
  readonly onRemoved: () => void;
}

/** One template: to use, to rename, to delete. */
export function TemplateRow({ template: { id, name }, templates, onUse, onRemoved }: TemplateRowProps) {
  const texts = useTexts();
  const words = texts.sending.templates;
  const [mode, setMode] = useState<"shown" | "renaming" | "removing">("shown");
  const [isBack, setBack] = useState(false);
  const show = () => {
    setMode("shown");
    setBack(true);
  };
  const rename = async (next: string) => {
    const failure = next.trim() === name ? null : await templates.rename(id, next);
    if (failure === null) {
      show();
    }
    return failure;
  };
  if (mode === "renaming") {
    return (
      <li className="belfry-template">
        <NameForm name={name} isFirst submitLabel={() => words.renamed} onSubmit={rename}>
          <button type="button" className="belfry-button belfry-button--quiet" onClick={show}>
            {words.cancel}
          </button>
        </NameForm>
      </li>
    );
  }
  if (mode === "removing") {
    return <Removal name={name} onRemove={() => templates.remove(id)} onRemoved={onRemoved} onCancel={show} />;
  }
  return (
    <li className="belfry-template">
      <button
        type="button"
        className="belfry-template__use"
        dir="auto"
        ref={isBack ? focusOnce : undefined}
        onClick={onUse}
      >
        {name}
      </button>
      <IconButton
        icon="pencil"
        label={texts.inbox.action({ action: words.rename, title: name })}
        onClick={() => setMode("renaming")}
      />
      <IconButton
        icon="trash"
        label={texts.inbox.action({ action: texts.inbox.remove, title: name })}
        onClick={() => setMode("removing")}
      />
    </li>
  );
}

interface RemovalProps {
  readonly name: string;
  /** @returns what went wrong, in words, or null */
  readonly onRemove: () => Promise<string | null>;
  readonly onRemoved: () => void;
  readonly onCancel: () => void;
}

function Removal({ name, onRemove, onRemoved, onCancel }: RemovalProps) {
  const texts = useTexts();
  const words = texts.sending.templates;
  const [failure, setFailure] = useState<string | null>(null);
  const remove = async () => {
    const outcome = await onRemove();
    setFailure(outcome);
    if (outcome === null) {
      onRemoved();
    }
  };
  return (
    <li className="belfry-template belfry-template--removing">
      <p className="belfry-template__sure" role="alert">
        <span>{words.sure({ name })}</span> {failure && <span>{failure}</span>}
      </p>
      <div className="belfry-update__actions">
        <button type="button" className="belfry-button belfry-button--quiet" ref={focusOnce} onClick={onCancel}>
          {words.cancel}
        </button>
        <button type="button" className="belfry-button" onClick={() => void remove()}>
          {texts.inbox.remove}
        </button>
      </div>
    </li>
  );
}

/** It comes in place of what had the focus. */
function focusOnce(button: HTMLButtonElement | null): void {
  button?.focus();
}
