import { toast } from "@/components/ui/toast-store";

/** Puts a text on the clipboard and says so. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast.success(done);
  } catch {
    // Over plain HTTP on another host, or without the permission, a browser has no clipboard.
    toast.error("The browser refused the clipboard", { description: text.slice(0, 2_000) });
  }
}
