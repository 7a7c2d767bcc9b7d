import { useNavigate } from "react-router";
import type { Routing } from "../ui/useLinks";

/** How Belfry's links go through these pages. */
export function useRouting(): Routing {
  const navigate = useNavigate();
  return { historyHref: "/notifications", navigate: (href) => void navigate(href) };
}
