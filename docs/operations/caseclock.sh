#!/bin/sh
# A command of Caseclock beside the service: as its user, with its settings, in its folder.
# Copy to /usr/local/bin/caseclock with mode 0755, and run it as root: caseclock doctor
case "$1" in run)
    echo "caseclock: the service runs the bot: systemctl start caseclock" >&2
    exit 2
    ;;
esac
# As in caseclock.service: what you change there, change here too.
exec systemd-run --quiet --collect --wait --pty --pipe \
    --property=DynamicUser=yes \
    --property=User=caseclock \
    --property=StateDirectory=caseclock \
    --property=StateDirectoryMode=0700 \
    --property=WorkingDirectory=/var/lib/caseclock \
    --property=EnvironmentFile=/etc/caseclock/env \
    "--property=Environment=MPLCONFIGDIR=/var/lib/caseclock/matplotlib GLIBC_TUNABLES=glibc.malloc.tcache_count=0" \
    --property=UMask=0077 \
    /opt/caseclock/.venv/bin/caseclock "$@"
