"""The virus scanner beside us: ClamAV's daemon over a socket."""
