/** What an exit code says by itself, before any log is read. */
export interface CodeMeaning {
  cause: string;
  words: string;
}

const meanings: Record<number, CodeMeaning> = {
  126: { cause: 'app-not-executable', words: 'the command was found but cannot be run' },
  127: { cause: 'app-command-not-found', words: 'the shell did not find the command' },
  130: { cause: 'sigterm-unrequested', words: 'it ended on SIGINT' },
  132: { cause: 'app-abort', words: 'SIGILL: the CPU does not know an instruction of the program' },
  134: { cause: 'app-abort', words: 'SIGABRT: the process aborted itself' },
  135: { cause: 'app-segfault', words: 'SIGBUS: an invalid memory access' },
  136: { cause: 'app-abort', words: 'SIGFPE: an arithmetic fault' },
  139: { cause: 'app-segfault', words: 'SIGSEGV: an invalid memory access' },
  255: { cause: 'app-exit-255', words: 'a failure without a code of its own' },
};

/** Windows gives NTSTATUS values, signed or unsigned. */
const windows: Record<number, CodeMeaning> = {
  3221225477: { cause: 'app-segfault', words: '0xC0000005: an invalid memory access' },
  3221225725: { cause: 'app-segfault', words: '0xC00000FD: a stack overflow' },
  3221225781: { cause: 'app-exit-error', words: '0xC0000135: a DLL is missing' },
  3221225786: { cause: 'graceful-stop', words: '0xC000013A: it ended on a stop request' },
  3221226505: { cause: 'app-abort', words: '0xC0000409: the process aborted itself' },
  3762504530: { cause: 'app-exit-error', words: '0xE0434352: an unhandled .NET exception' },
};

/** Signals and conventions first; everything else is the program's own code. */
export function meaningOf(exitCode: number): CodeMeaning {
  const known = meanings[exitCode] ?? windows[exitCode < 0 ? exitCode + 2 ** 32 : exitCode];
  return known ?? { cause: 'app-exit-error', words: `its own code ${exitCode}` };
}
