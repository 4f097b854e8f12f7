"""Whether this process has been asked to end."""

from threading import Event

STOP = Event()
