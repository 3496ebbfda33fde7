/** Runs a program with a new terminal of 80 columns as its three standard streams; what it shows comes out of standard output. */
export const IN_TERMINAL = [
  "env",
  "TERM=xterm",
  "python3",
  "-c",
  `import os, pty, sys
show = ["sh", "-c", 'stty rows 24 cols 80 && exec "$@"', "sh"]
sys.exit(os.waitstatus_to_exitcode(pty.spawn(show + sys.argv[1:])))`,
];
