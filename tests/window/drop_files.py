#!/usr/bin/env python3
"""Drops files on a window as a file manager does: a source of X11's drag and drop protocol (XDND 5), through libX11.

drop_files.py WINDOW FILE...   The display is that of the environment. Code 0 if the window took the files.
"""

import ctypes
import ctypes.util
import pathlib
import sys
import time

PATIENCE_S = 60
CLIENT_MESSAGE, SELECTION_REQUEST, SELECTION_NOTIFY = 33, 30, 31  # X.h
CURRENT_TIME, NO_EVENT_MASK, PROP_MODE_REPLACE = 0, 0, 0

Handle = ctypes.c_ulong  # windows, atoms, times


class ClientMessage(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
                ("display", ctypes.c_void_p), ("window", Handle), ("message_type", Handle), ("format", ctypes.c_int),
                ("data", ctypes.c_long * 5)]


class SelectionRequest(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
                ("display", ctypes.c_void_p), ("owner", Handle), ("requestor", Handle), ("selection", Handle),
                ("target", Handle), ("property", Handle), ("time", Handle)]


class SelectionNotify(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int),
                ("display", ctypes.c_void_p), ("requestor", Handle), ("selection", Handle), ("target", Handle),
                ("property", Handle), ("time", Handle)]


class Event(ctypes.Union):
    _fields_ = [("type", ctypes.c_int), ("message", ClientMessage), ("request", SelectionRequest),
                ("notify", SelectionNotify), ("room", ctypes.c_long * 24)]


class Source:
    def __init__(self, target, files):
        self.x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XDefaultRootWindow.restype = Handle
        self.x.XCreateSimpleWindow.restype = Handle
        self.x.XInternAtom.restype = Handle
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))
        if not self.display:
            raise RuntimeError("no display")
        root = Handle(self.x.XDefaultRootWindow(self.display))
        self.own = self.x.XCreateSimpleWindow(self.display, root, 0, 0, 1, 1, 0, Handle(0), Handle(0))
        self.target = target
        self.uris = "".join(pathlib.Path(file).absolute().as_uri() + "\r\n" for file in files).encode()

    def atom(self, name):
        return self.x.XInternAtom(self.display, name.encode(), 0)

    def tell(self, name, *data):
        event = Event()
        event.message = ClientMessage(CLIENT_MESSAGE, 0, 1, self.display, self.target, self.atom(name), 32,
                                      (ctypes.c_long * 5)(self.own, *data))
        self.x.XSendEvent(self.display, Handle(self.target), 0, ctypes.c_long(NO_EVENT_MASK), ctypes.byref(event))
        self.x.XFlush(self.display)

    def hand_over(self, request):
        self.x.XChangeProperty(self.display, Handle(request.requestor), Handle(request.property), Handle(request.target),
                               8, PROP_MODE_REPLACE, self.uris, len(self.uris))
        event = Event()
        event.notify = SelectionNotify(SELECTION_NOTIFY, 0, 1, self.display, request.requestor, request.selection,
                                       request.target, request.property, request.time)
        self.x.XSendEvent(self.display, Handle(request.requestor), 0, ctypes.c_long(NO_EVENT_MASK), ctypes.byref(event))
        self.x.XFlush(self.display)

    def answer(self, name):
        """The data of the target's next message of this name; the files are handed over when it asks for them."""
        deadline = time.time() + PATIENCE_S
        event = Event()
        while time.time() < deadline:
            if not self.x.XPending(self.display):
                time.sleep(0.01)
                continue
            self.x.XNextEvent(self.display, ctypes.byref(event))
            if event.type == SELECTION_REQUEST:
                self.hand_over(event.request)
            elif event.type == CLIENT_MESSAGE and event.message.message_type == self.atom(name):
                return list(event.message.data)
        raise RuntimeError("the window never answered with " + name)

    def drop(self, x, y):
        copy = self.atom("XdndActionCopy")
        self.x.XSetSelectionOwner(self.display, Handle(self.atom("XdndSelection")), Handle(self.own), Handle(CURRENT_TIME))
        self.tell("XdndEnter", 5 << 24, self.atom("text/uri-list"), 0, 0)
        self.tell("XdndPosition", 0, x << 16 | y, CURRENT_TIME, copy)
        if not self.answer("XdndStatus")[1] & 1:
            raise RuntimeError("the window does not want the files")
        self.tell("XdndDrop", 0, CURRENT_TIME, 0, 0)
        if not self.answer("XdndFinished")[1]:  # GLFW writes the length of what it took, not a flag
            raise RuntimeError("the window did not take the files")


def main():
    try:
        Source(int(sys.argv[1]), sys.argv[2:]).drop(400, 300)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
