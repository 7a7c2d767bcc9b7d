# All images from one build; docker-compose.yml names the targets: persister, api, gateway, admin.

FROM node:22-slim AS page
WORKDIR /src
COPY notification-web/package.json notification-web/package-lock.json notification-web/.npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY notification-web ./
RUN npm run build:pages

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
COPY --from=page /src/dist/pages notification-web/dist/pages
# Locked, since two builds at a time would write the same files of it.
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    mvn -q -B -T2 -pl notification-persister,notification-api,websocket-gateway,tools/admin -am package -DskipTests
# Apart, so that a layer of libraries stays as it is when code changes.
RUN set -e; for module in notification-persister notification-api websocket-gateway tools/admin; do \
      mkdir -p "/images/$module/code/lib"; \
      mv "$module/target/lib" "/images/$module/"; \
      mv "/images/$module/lib"/shared-events-*.jar "/images/$module/lib"/service-runtime-*.jar "/images/$module/code/lib/"; \
      mv "$module/target/${module##*/}.jar" "/images/$module/code/"; \
    done

FROM eclipse-temurin:25-jre AS java
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin belfry
WORKDIR /app
COPY ops/docker/healthcheck.sh /usr/local/bin/healthcheck
COPY ops/docker/train.sh /usr/local/bin/train
COPY ops/docker/jvm.options ./

FROM java AS persister
COPY --from=build /images/notification-persister/lib lib/
COPY --from=build /images/notification-persister/code ./
RUN train notification-persister
USER 10001:10001
EXPOSE 8082
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=6 CMD ["healthcheck", "8082", "/actuator/health/readiness"]
# It does not end when its memory is used up: a record that has no room is stepped over, and would end it again at each start.
ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=notification-persister.aot", "-jar", "notification-persister.jar"]

FROM java AS api
COPY --from=build /images/notification-api/lib lib/
COPY --from=build /images/notification-api/code ./
RUN train notification-api
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=6 CMD ["healthcheck", "8080", "/actuator/health/readiness"]
ENTRYPOINT ["java", "@jvm.options", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=notification-api.aot", "-jar", "notification-api.jar"]

FROM java AS gateway
COPY --from=build /images/websocket-gateway/lib lib/
COPY --from=build /images/websocket-gateway/code ./
RUN train websocket-gateway
USER 10001:10001
EXPOSE 8090 8091
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=6 CMD ["healthcheck", "8091", "/readyz"]
ENTRYPOINT ["java", "@jvm.options", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=websocket-gateway.aot", "-jar", "websocket-gateway.jar"]

FROM java AS admin
COPY --from=build /images/tools/admin/lib lib/
COPY --from=build /images/tools/admin/code ./
USER 10001:10001
# One command, then it ends: docker compose run --rm admin dead-letters list
ENTRYPOINT ["java", "-Xmx128m", "-XX:+UseSerialGC", "-cp", "admin.jar:lib/*", "io.belfry.admin.command.AdminMain"]
