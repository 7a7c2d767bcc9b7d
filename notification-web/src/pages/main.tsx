import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import "../styles.css";
import { App } from "./App";
import "./pages.css";
import { Session } from "./session";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <BrowserRouter>
        <App session={new Session()} />
      </BrowserRouter>
    </StrictMode>,
  );
}
