# check=error=true
# The image of `dross serve`: one static binary and the licence, nothing else.
#
#   docker build --build-arg VERSION=v1.2.3 --build-arg REVISION=$(git rev-parse HEAD) -t dross .
#   docker run --read-only --cap-drop=ALL --memory=256m -p 127.0.0.1:8866:8866 dross
#
# The same sources and arguments give the same binary, bit for bit; with
# SOURCE_DATE_EPOCH the same image. Pin golang:1.26 to a digest where a release
# must be repeatable for years.

FROM --platform=$BUILDPLATFORM golang:1.26 AS build
ARG TARGETOS TARGETARCH
ARG VERSION="" REVISION=""
ENV CGO_ENABLED=0 GOTOOLCHAIN=local
WORKDIR /src
COPY go.mod go.sum ./
COPY cmd cmd
COPY filter filter
COPY internal internal
COPY lists lists
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    GOOS="$TARGETOS" GOARCH="$TARGETARCH" go build -trimpath -mod=readonly -buildvcs=false \
    -ldflags "-s -w -buildid= -X github.com/drosshq/dross/internal/cli.linkedVersion=$VERSION -X github.com/drosshq/dross/internal/cli.linkedRevision=$REVISION" \
    -o /out/dross ./cmd/dross

FROM scratch
ARG VERSION="" REVISION=""
LABEL org.opencontainers.image.title="dross" \
      org.opencontainers.image.description="Cuts injected spam blocks out of web pages and text, byte for byte" \
      org.opencontainers.image.source="https://github.com/drosshq/dross" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --chmod=0444 LICENSE /LICENSE
COPY --chmod=0555 --from=build /out/dross /dross
USER 65532:65532
EXPOSE 8866
STOPSIGNAL SIGTERM
# Ready: lists are in, not about to end. Asks the address of DROSS_LISTEN.
HEALTHCHECK --interval=10s --timeout=4s --start-period=15s --retries=3 CMD ["/dross", "health"]
ENTRYPOINT ["/dross"]
CMD ["serve"]
