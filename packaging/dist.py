"""Builds what is published into `dist/`: `python packaging/dist.py [TARGET …]`.

Without a target it builds for this machine, and for every other Linux target whose standard library is
installed. Linux targets are linked by zig, which fixes the oldest glibc, or brings musl.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
BUILT = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
DIST = ROOT / "dist"
GLIBC = "2.17"
"""The oldest that a build for `…-linux-gnu` asks for; manylinux2014 is its name in Python."""

FREE_THREADED = "3.14t"
"""The stable ABI has no form without the GIL before 3.15: this one needs a wheel of its own."""


class Target(NamedTuple):
    """A Rust target, and what the registries call it."""

    rust: str
    node: str
    wheel: str | None = None
    """The tag of its wheels, where maturin can't tell by itself."""

    @property
    def folder(self) -> Path:
        """Where it is built. One for each: for this machine's own, build scripts are linked by zig, too."""
        return BUILT / "dist" / self.rust

    @property
    def is_linux(self) -> bool:
        return "-linux-" in self.rust

    @property
    def executable(self) -> str:
        return ".exe" if "windows" in self.rust else ""


TARGETS = [
    Target("x86_64-unknown-linux-gnu", "linux-x64-gnu", "manylinux2014"),
    Target("aarch64-unknown-linux-gnu", "linux-arm64-gnu", "manylinux2014"),
    Target("x86_64-unknown-linux-musl", "linux-x64-musl", "musllinux_1_2"),
    Target("aarch64-unknown-linux-musl", "linux-arm64-musl", "musllinux_1_2"),
    Target("x86_64-apple-darwin", "darwin-x64"),
    Target("aarch64-apple-darwin", "darwin-arm64"),
    Target("x86_64-pc-windows-msvc", "win32-x64-msvc"),
    Target("aarch64-pc-windows-msvc", "win32-arm64-msvc"),
]
EMULATOR = "emulator/Cargo.toml"
"""It is a wheel and npm packages of its own."""


def main() -> None:
    names = sys.argv[1:] or targets_here()
    shutil.rmtree(DIST, ignore_errors=True)
    native = DIST / "native"
    native.mkdir(parents=True)
    for target in (target for target in TARGETS if target.rust in names):
        print(f"--- {target.rust}", flush=True)
        wheels(target)
        node(target, native)
        command(target)
        emulator(target, native)
    print("--- sources and packages", flush=True)
    sources()
    run("npm", "run", "--silent", "build:ts")
    run("node", "packaging/npm.mjs", native, DIST)
    shutil.rmtree(native)
    checksums()


def targets_here() -> list[str]:
    """This machine's own target, and the Linux ones that this toolchain has the standard library of."""
    host = next(line.split()[1] for line in output("rustc", "-vV").splitlines() if line.startswith("host:"))
    library = Path(output("rustc", "--print", "sysroot").strip()) / "lib/rustlib"
    others = [target.rust for target in TARGETS if target.is_linux and (library / target.rust / "lib").is_dir()]
    return [host, *(others if platform.system() == "Linux" else [])]


def wheels(target: Target) -> None:
    """The client's wheels."""
    maturin(target, DIST)
    # By its version: maturin knows how that one names its modules on each system, where the one that is here, if any,
    # would give them the names of its own.
    maturin(target, DIST, "--interpreter", FREE_THREADED)


def node(target: Target, native: Path) -> None:
    """The native part for Node, by the same linker as the wheel."""
    library = cargo(target, "--package", "processmind-node", "--lib")
    names = [f"libprocessmind_node{suffix}" for suffix in (".so", ".dylib")] + ["processmind_node.dll"]
    (built,) = [library / name for name in names if (library / name).exists()]
    shutil.copy(built, native / f"processmind.{target.node}.node")


def command(target: Target) -> None:
    """The command line, in an archive; wheels and npm packages have it in their native parts."""
    archive(cargo(target, "--package", "processmind-cli", "--bins") / f"processmind{target.executable}", target)


def emulator(target: Target, native: Path) -> None:
    """The emulator's wheel, and its program out of that: for npm, and in an archive."""
    with tempfile.TemporaryDirectory() as folder:
        maturin(target, Path(folder), "--manifest-path", EMULATOR)
        (wheel,) = Path(folder).glob("*.whl")
        program = Path(folder, f"processmind-emulator{target.executable}")
        with zipfile.ZipFile(wheel) as packed:
            (name,) = [name for name in packed.namelist() if name.endswith(f"/scripts/{program.name}")]
            program.write_bytes(packed.read(name))
        program.chmod(0o755)
        archive(program, target)
        # One Linux package serves both kinds of libc, by the program that needs neither.
        system = native / "-".join(target.node.split("-")[:2])
        if "gnu" not in target.node or not (system / program.name).exists():
            system.mkdir(exist_ok=True)
            shutil.copy(program, system)
        shutil.move(wheel, DIST)


def maturin(target: Target, out: Path, *options: str) -> None:
    compatibility = ["--compatibility", target.wheel] if target.wheel is not None else []
    built = ["--release", "--locked", "--target", target.rust, "--compression-level", "9", *compatibility]
    run("maturin", "build", "--quiet", *built, "--out", out, *options, env=environment(target))


def cargo(target: Target, *options: str) -> Path:
    """Builds, and says where to."""
    env = environment(target)
    if target.rust.endswith("musl") and "--lib" in options:
        # Node's own musl loads it: it can't bring a second one. In maturin's words, who does the same for Python.
        env["RUSTFLAGS"] = "-C target-feature=-crt-static"
    run("cargo", "build", "--release", "--locked", "--quiet", "--target", target.rust, *options, env=env)
    return target.folder / target.rust / "release"


def environment(target: Target) -> dict[str, str]:
    """Has Linux be compiled and linked by zig: by programs of one name for maturin and cargo, which by themselves take
    one each, so that a crate is compiled once for both."""
    env = os.environ | {"CARGO_TARGET_DIR": str(target.folder)}
    if target.is_linux:
        machine, libc = target.rust.split("-unknown-linux-")
        floor = f".{GLIBC}" if libc == "gnu" else ""
        compiler = zig(target, "cc", f"-fno-sanitize=all -target {machine}-linux-{libc}{floor}")
        name = target.rust.replace("-", "_")
        env |= {f"CC_{name}": compiler, f"CARGO_TARGET_{name.upper()}_LINKER": compiler}
        env |= {f"AR_{name}": zig(target, "ar")}
    return env


def zig(target: Target, tool: str, options: str = "") -> str:
    """A program that runs one of zig's, by cargo-zigbuild, which knows what zig does not take."""
    program = target.folder / f"zig-{tool}"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec cargo-zigbuild zig {tool} -- {options} "$@"\n')
    program.chmod(0o755)
    return str(program)


def archive(program: Path, target: Target) -> None:
    name = f"{program.stem}-{target.rust}"
    files = [program, ROOT / "LICENSE"]
    if target.executable:
        with zipfile.ZipFile(DIST / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            for file in files:
                packed.write(file, f"{name}/{file.name}")
    else:
        with tarfile.open(DIST / f"{name}.tar.gz", "w:gz") as packed:
            for file in files:
                packed.add(file, f"{name}/{file.name}")


def sources() -> None:
    """What is built from source where there is no wheel, and the crates."""
    run("maturin", "sdist", "--out", DIST)
    run("maturin", "sdist", "--out", DIST, "--manifest-path", EMULATOR)
    with tempfile.TemporaryDirectory() as folder:
        crates = [f"--package={crate}" for crate in published()]
        run("cargo", "package", "--quiet", "--locked", "--no-verify", "--target-dir", folder, *crates)
        for crate in (Path(folder) / "package").glob("*.crate"):
            shutil.copy(crate, DIST)


def published() -> list[str]:
    """The crates that are published."""
    packages = json.loads(output("cargo", "metadata", "--no-deps", "--format-version=1"))["packages"]
    return [package["name"] for package in packages if package["publish"] is None]


def checksums() -> None:
    files = sorted(path for path in DIST.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (DIST / "SHA256SUMS").write_text("".join(lines))
    for path in files:
        print(f"{path.stat().st_size / 2**20:7.2f} MiB  {path.name}")


def run(*command: str | Path, env: dict[str, str] | None = None) -> None:
    program, *words = (str(word) for word in command)
    # By its whole path: on Windows npm is a script, which is found by no bare name.
    subprocess.run([shutil.which(program) or program, *words], cwd=ROOT, env=env, check=True)


def output(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main()
