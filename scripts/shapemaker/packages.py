"""Fetching what a recipe is made from: packages of Debian and npm, each file known by its sum.

A recipe is a module with
    NAME      the folder below shapes/ that it makes
    DEBIAN    {package: version that is known to be right}
    NPM       {package: version}
    SOURCES   {short name: (path below the download folder, SHA-256)}
    make      a function of the sources' paths, by short name, and the folder to write into
"""

import hashlib
import pathlib
import shutil
import subprocess
import sys

SHAPES = pathlib.Path(__file__).resolve().parents[2] / "shapes"


def fail(message):
    sys.exit(f"make-shapes: error: {message}")


def require_tools(recipes):
    """Names every missing tool at once, with the package that has it."""
    tools = [("npm", "npm"), ("tar", "tar")]
    if any(recipe.DEBIAN for recipe in recipes):
        tools += [("apt-get", "apt"), ("dpkg", "dpkg")]
    missing = [package for tool, package in tools if shutil.which(tool) is None]
    try:
        import osgeo.gdal  # noqa: F401
    except ImportError:
        missing.append("python3-gdal")
    if missing:
        fail("please install: " + " ".join(missing) + "   (apt-get install …)")


def fetch(recipe, folder):
    """Downloads and unpacks the packages, unless all of their files are there already."""
    if all((folder / path).is_file() for path, _ in recipe.SOURCES.values()):
        return
    run = lambda *command: subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    try:
        if recipe.DEBIAN:
            # Root would be warned that the user _apt may not write here.
            run("apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", *recipe.DEBIAN)
        for deb in sorted(folder.glob("*.deb")):
            run("dpkg", "-x", str(deb), "debian")
        run("npm", "pack", "--silent", *(f"{name}@{version}" for name, version in recipe.NPM.items()))
        for archive in sorted(folder.glob("*.tgz")):
            into = folder / "npm" / archive.stem
            into.mkdir(parents=True, exist_ok=True)
            run("tar", "-xzf", str(archive), "-C", str(into))
    except subprocess.CalledProcessError as error:
        fail(f"'{' '.join(error.cmd)}' failed with exit code {error.returncode}")


def check_sources(recipe, folder):
    """The paths of the files, after making sure that each is the one the recipe was written for."""
    paths = {}
    for name, (path, expected) in recipe.SOURCES.items():
        paths[name] = folder / path
        if not paths[name].is_file():
            fail(f"the packages no longer contain {path}")
        found = hashlib.sha256(paths[name].read_bytes()).hexdigest()
        if found != expected:
            known = ", ".join(f"{package} {version}" for package, version in {**recipe.DEBIAN, **recipe.NPM}.items())
            fail(f"{path} is not the version this script knows.\n"
                 f"  expected SHA-256 {expected}\n  found            {found}\n"
                 f"  Right are {known}.\n"
                 "  To move to newer data: check every fact that refers to it, then change the sum here.")
    return paths
