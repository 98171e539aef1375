# Not run where it was written: there was no Docker daemon there.
#
# Both stages are Debian 12, so the binary finds the C library that it was linked with.

FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked --package congkhai

FROM debian:bookworm-slim
RUN useradd --system --home-dir /var/lib/congkhai --create-home congkhai
COPY --from=build /src/target/release/congkhai /usr/local/bin/congkhai
USER congkhai
ENV CONGKHAI_LISTEN=0.0.0.0:8080 \
    CONGKHAI_DATA=/var/lib/congkhai
VOLUME /var/lib/congkhai
EXPOSE 8080
# The image has neither curl nor wget; bash can open a connection.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080; printf 'GET /readyz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3; read -r _ status _ <&3; test \"$status\" = 200"]
ENTRYPOINT ["congkhai"]
CMD ["serve"]
