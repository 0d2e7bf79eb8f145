// Finds the program: each platform's package holds one, and npm installs only the one that fits.

const EXECUTABLE = `processmind-emulator${process.platform === 'win32' ? '.exe' : ''}`;

/** The path of the emulator's program. */
exports.program = function program() {
  const name = `processmind-emulator-${process.platform}-${process.arch}`;
  try {
    return require.resolve(`${name}/${EXECUTABLE}`);
  } catch (cause) {
    throw new Error(
      `The emulator's program for ${process.platform}-${process.arch} is not installed: the package '${name}' is missing.\n` +
        'It is an optional dependency: `npm install --include=optional --force processmind-emulator` brings it, where ' +
        'there is one for this platform.',
      { cause },
    );
  }
};
