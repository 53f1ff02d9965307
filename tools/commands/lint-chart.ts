import { Command } from 'commander'

export const command = new Command('npm run lint:chart --').description(
  "`ct lint`, as chart repositories run it, and `helm lint --strict` by every Helm, over the chart's ci values; kube-score over the examples' objects; actionlint over the workflows.",
)
