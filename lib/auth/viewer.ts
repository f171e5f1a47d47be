import "server-only";
/** Who looks at a page. It decides what a page shows; what it may know is decided by the guard at every read. */
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ErrorDto } from "../errors";
import { logDefect } from "../log";
import { storeError } from "../redis/store/store-errors";
import type { Role } from "./permissions";
import { admitRequest } from "./request";

export interface Viewer {
  /** Null while the console's own state cannot be asked: then nothing may be done, and pages say why. */
  role: Role | null;
  /** Why it cannot be asked. */
  trouble?: ErrorDto;
}

/** The operator of this page, null when nobody is signed in. */
export async function viewerIfAny(): Promise<Viewer | null> {
  try {
    const admission = await admitRequest("read");
    return admission && { role: admission.operator.role };
  } catch (error) {
    const safe = storeError(error);
    if (!safe) logDefect(error, "viewer");
    return { role: null, trouble: safe?.toDto() };
  }
}

/** The operator of this page. Redirects to the sign-in when nobody is signed in. */
export async function currentViewer(): Promise<Viewer> {
  const viewer = await viewerIfAny();
  if (viewer) return viewer;
  const path = (await headers()).get("x-console-path");
  return redirect(path && path !== "/" ? `/sign-in?next=${encodeURIComponent(path)}` : "/sign-in");
}
