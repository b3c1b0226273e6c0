#!/bin/sh
# A small internet in network namespaces: two machines, each behind an address translator of its own, and a public net
# with a relay. Nothing outside of these namespaces is touched; "down" removes whatever is there of them.
#
#   sh nat.sh up PREFIX NET FILTER | down PREFIX     PREFIX: at most six letters and digits, unique to the caller
#                                                    NET: the public net's first three numbers
#                                                    FILTER: port or address
#
#   PREFIX-a 10.77.1.2 -- 10.77.1.1 PREFIX-na 198.17.0.10 ---+
#                                                            +-- bridge, 198.17.0.1 in PREFIX-net (the relay)
#   PREFIX-b 10.77.2.2 -- 10.77.2.1 PREFIX-nb 198.17.0.20 ---+
#
# The translators keep ports where they can (one mapping for all targets). Filtering by port, they let in only what
# answers something that went out; filtering by address, also what comes to port 4001 from wherever something went out to.
# What else comes is dropped without a word.
set -eu
prefix=$2
net=${3:-}
filter=${4:-}
all="$prefix-net $prefix-na $prefix-nb $prefix-a $prefix-b"

down() {
    for ns in $all; do
        if ip netns list | grep -q "^$ns\b"; then
            ip netns pids "$ns" | xargs -r kill -9
            ip netns del "$ns"
        fi
    done
}

link() { # namespace device address  other-namespace other-device
    ip -n "$1" link add "$2" type veth peer name "$5" netns "$4"
    [ "$3" = - ] || ip -n "$1" addr add "$3" dev "$2"
    ip -n "$1" link set "$2" up
}

translator() { # letter net-number public-address
    nat=$prefix-n$1
    link "$nat" wan "$3/24" "$prefix-net" "to$1"
    ip -n "$prefix-net" link set "to$1" master bridge up
    link "$nat" lan "10.77.$2.1/24" "$prefix-$1" eth0
    ip -n "$prefix-$1" addr add "10.77.$2.2/24" dev eth0
    ip -n "$prefix-$1" link set eth0 up
    ip -n "$prefix-$1" route add default via "10.77.$2.1"
    ip netns exec "$nat" sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
    ip netns exec "$nat" nft -f - <<'RULES'
table ip translator {
    chain out {
        type nat hook postrouting priority srcnat; policy accept;
        oifname "wan" masquerade
    }
    chain through {
        type filter hook forward priority filter; policy drop;
        iifname "lan" accept
        ct state established,related accept
    }
    chain here {
        type filter hook input priority filter; policy drop;
        iifname "lan" accept
        ct state established,related accept
    }
}
RULES
    [ "$filter" = port ] || ip netns exec "$nat" nft -f - <<RULES
table ip translator {
    set met {
        type ipv4_addr
        flags dynamic, timeout
        timeout 5m
    }
    chain meet {
        type filter hook forward priority filter - 1; policy accept;
        iifname "lan" update @met { ip daddr }
    }
    chain in {
        type nat hook prerouting priority dstnat; policy accept;
        iifname "wan" ip saddr @met tcp dport 4001 dnat to 10.77.$2.2
        iifname "wan" ip saddr @met udp dport 4001 dnat to 10.77.$2.2
    }
    chain through {
        ct status dnat accept
    }
}
RULES
    # A way of 20 ms in each direction, where the kernel can do that.
    tc -n "$nat" qdisc add dev wan root netem delay 10ms 2>/dev/null || true
}

up() {
    for ns in $all; do
        ip netns add "$ns"
        ip -n "$ns" link set lo up
    done
    ip -n "$prefix-net" link add bridge type bridge
    ip -n "$prefix-net" addr add "$net.1/24" dev bridge
    ip -n "$prefix-net" link set bridge up
    translator a 1 "$net.10"
    translator b 2 "$net.20"
}

case $1 in
up) up ;;
down) down ;;
esac
