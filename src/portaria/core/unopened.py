"""Why a file could not be opened or written, in words: the machine's own are in English."""

from __future__ import annotations

import errno

from portaria.core.messages import Message, declare

WHYS = {
    errno.ENOENT: declare("file-absent", "it does not exist"),
    errno.EISDIR: declare("file-is-folder", "it is a folder"),
    errno.ENOTDIR: declare("folder-is-file", "a file stands where a folder should be"),
    errno.EACCES: declare("file-no-permission", "you have no permission"),
    errno.EPERM: declare("file-not-permitted", "the machine does not permit it"),
    errno.EROFS: declare("file-read-only", "the disk can only be read"),
    errno.ENOSPC: declare("file-disk-full", "the disk is full"),
    errno.ENAMETOOLONG: declare("file-name-long", "its name is too long"),
}


def why(error: OSError) -> Message | str:
    """The cause as a sentence to put in another; the machine's words for a rare one."""
    if error.errno in WHYS:
        return Message(WHYS[error.errno])
    return error.strerror or str(error)
