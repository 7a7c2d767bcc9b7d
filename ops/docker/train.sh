#!/bin/sh
# train <module>: starts /app/<module>.jar without any server, so that the JVM writes down what it loads and links, and the
# image's containers need not do so again (JEP 514). Fails if nothing is written.
set -eu
module=$1
# Long enough for all that comes up without servers; the JVM writes when it is told to end.
BELFRY_JWT_SECRET=$(head -c 32 /dev/urandom | base64) BELFRY_PUBLIC_URL=http://localhost BELFRY_PUBLIC_WS_URL=ws://localhost/ws/notifications/ \
  timeout -s TERM 20 java @jvm.options "-XX:AOTCacheOutput=$module.aot" -jar "$module.jar" >train.log 2>&1 || true
[ -s "$module.aot" ] || { cat train.log; exit 1; }
rm train.log
