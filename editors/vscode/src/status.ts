// What the status item says. Knows counts, and nothing of the editor.

/** What the server does. */
export type ServerState = "off" | "starting" | "running" | "stopped";

/** The diagnostics of all files. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
}

/** The text and the tooltip of the status item, and whether it is to be noticed. */
export interface Status {
  readonly text: string;
  readonly tooltip: string;
  readonly alarm: boolean;
}

/** What the status item says. */
export function statusOf(state: ServerState, { errors, warnings }: Counts): Status {
  switch (state) {
    case "off":
      return { text: "$(circle-slash) questc", tooltip: "The language server is switched off in the settings.", alarm: false };
    case "starting":
      return { text: "$(loading~spin) questc", tooltip: "The language server starts.", alarm: false };
    case "stopped":
      return { text: "$(warning) questc", tooltip: "The language server has stopped. Click for its output.", alarm: true };
    case "running":
      if (errors + warnings === 0) {
        return { text: "$(check) questc", tooltip: "The quests have no errors and no warnings.", alarm: false };
      }
      return {
        text: `$(error) ${errors} $(warning) ${warnings}`,
        tooltip: `questc: ${counted(errors, "error")}, ${counted(warnings, "warning")}`,
        alarm: errors > 0,
      };
  }
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
