import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../styles.css";
import { App } from "./App";
import { LanguageProvider, loadWords, ownLanguage } from "./language";
import "./pages.css";
import { Session } from "./session";

const root = document.getElementById("root");
if (root) {
  void loadWords(ownLanguage()).then((words) =>
    createRoot(root).render(
      <StrictMode>
        <LanguageProvider words={words}>
          <App session={new Session()} />
        </LanguageProvider>
      </StrictMode>,
    ),
  );
}
