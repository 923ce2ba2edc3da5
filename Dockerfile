# Node 24 for both stages, the version in .nvmrc. No compiler: the SQLite driver brings its binaries, and no package runs a script.
# The base is named by its digest, of all architectures: the same today and in a year, until Dependabot (.github/dependabot.yml, docker)
# moves tag and digest on together, in both stages. `docker buildx imagetools inspect node:24.21.0-bookworm-slim` prints it.
FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20 AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-fund --no-audit
COPY tsconfig.json tsconfig.build.json build.mjs ./
COPY src ./src
COPY manifests ./manifests
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24.21.0-bookworm-slim@sha256:d6aa754f16b3197301076f047b5def2f02ea1dbbc2ca920407d46d7ec7f87b20
ENV NODE_ENV=production HOST=0.0.0.0 STORE_URL=sqlite:/data/esim-usage.sqlite
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/manifests ./manifests
# `docker exec <container> esim-usage-bot doctor`; and the default STORE_URL leads to the volume too, should the one above be emptied.
RUN chmod +x dist/main.js && ln -s /app/dist/main.js /usr/local/bin/esim-usage-bot \
  && mkdir /data && chown node:node /data && ln -s /data /app/data
# Only /data is written: the rest may be mounted read-only (docker run --read-only -v usage:/data).
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# No npm in between: the signal reaches the bot, which finishes what it is sending.
CMD ["node", "dist/main.js", "start"]
