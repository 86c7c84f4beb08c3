#!/usr/bin/env bash
# Makes a stand-in for the image golang:1.26 from the Go of this machine and a
# static busybox, for machines that reach no registry. Needs buildah; its storage
# is where CONTAINERS_STORAGE_CONF says. A build that mounts a module cache at
# /modules takes modules from there before it asks the network.
set -euo pipefail

name=${1:-docker.io/library/golang:1.26}
container=$(buildah from scratch)
trap 'buildah rm "$container" >/dev/null' EXIT
root=$(buildah mount "$container")
mkdir -p "$root"/{bin,etc/ssl,go,root,tmp,usr/local}
chmod 1777 "$root/tmp"
cp /bin/busybox "$root/bin/"
for applet in sh ls cat mkdir cp rm env; do ln -s busybox "$root/bin/$applet"; done
cp -aL /etc/ssl/certs "$root/etc/ssl/"
cp -a "$(go env GOROOT)" "$root/usr/local/go"
buildah config --env PATH=/usr/local/go/bin:/go/bin:/bin --env GOPATH=/go --env HOME=/root \
  --env "GOPROXY=file:///modules,$(go env GOPROXY)" "$container"
buildah commit --quiet "$container" "$name"
