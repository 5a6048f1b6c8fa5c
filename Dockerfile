# Node runs the TypeScript itself, so the image is the sources and their production dependencies.
FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# The pinned `node` package is for checkouts on machines with another Node; here the image is that Node.
RUN npm ci --omit=dev --ignore-scripts

FROM node:26-slim
ENV NODE_ENV=production PORT=8080
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json manifest.json ./
COPY src ./src
COPY commands ./commands
COPY diagnostics ./diagnostics
COPY blocks ./blocks
# What Node makes of the sources is kept beside the dependencies, where the bot itself may not write. It ends at once,
# with status 1, for it has no configuration here.
RUN NODE_COMPILE_CACHE=node_modules/.cache/ecs-sleuth node commands/engine.ts && ! node src/main.ts 2>/dev/null
USER node
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
