// Stands for the client of the editor in tests of the extension, which do not start a server.

export const State = { Stopped: 1, Running: 2, Starting: 3 };

export class LanguageClient {
  onDidChangeState(): void {
    // Nothing changes.
  }

  isRunning(): boolean {
    return false;
  }

  start(): Promise<void> {
    return Promise.reject(new Error("there is no server in this test"));
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
