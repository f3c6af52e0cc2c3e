# Postern as static files behind Caddy, on port 8080, as nobody in particular and with nothing to write. Settings come
# from the environment: see deploy/image/postern and README. Both bases can be others:
#
#     docker build --build-arg RUNTIME_IMAGE=registry.example.com/caddy:2-alpine -t postern .
#
# A build base needs Node 22.18 or newer with npm, a runtime base /bin/sh and caddy 2.6 or newer.
ARG BUILD_IMAGE=node:24.21.0-trixie-slim
ARG RUNTIME_IMAGE=caddy:2.11.8-alpine

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
# Of what is installed only the build is used: no browsers, no Node of its own.
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
ARG POSTERN_COMMIT=unknown
RUN node src/build/package.ts --image /image

FROM ${RUNTIME_IMAGE}
COPY --from=build /image /
# Caddy has nothing to keep, but looks for a place.
ENV XDG_CONFIG_HOME=/tmp XDG_DATA_HOME=/tmp
USER 65532:65532
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=2s CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["/usr/local/bin/postern"]
CMD []
