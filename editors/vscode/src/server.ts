// How the language server is started, and for which files.

/** What the settings say about the server. */
export interface ServerSettings {
  readonly program: string;
  readonly arguments: readonly string[];
}

/** The languages of content, and of what belongs to it. */
export const LANGUAGES = ["json", "jsonc", "yaml", "toml", "ron", "questc-script"] as const;

/** The files that the server is told of. Formats that the editor does not know are recognised by their names. */
export function documentSelector(): { scheme: string; language?: string; pattern?: string }[] {
  return [
    ...LANGUAGES.map((language) => ({ scheme: "file", language })),
    { scheme: "file", pattern: "**/*.{ron,toml,yaml,yml,jsonc,play}" },
  ];
}

/** The files whose changes on disk the server is told of. */
export const WATCHED = "**/*.{json,jsonc,yaml,yml,toml,ron,play,lock}";

/** The command that starts the server. */
export function serverCommand(settings: ServerSettings): { command: string; args: string[] } {
  return { command: settings.program, args: [...settings.arguments] };
}
