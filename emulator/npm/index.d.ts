/**
 * The path of the emulator's program.
 *
 * @throws An `Error` if the package of this platform is not installed.
 */
export function program(): string;
