import { parse, View } from 'vega'
import { compile } from 'vega-lite'

/** One bar of a plot. */
export interface Bar {
  /** What the row of bars is of. */
  row: string
  /** Which of its bars this is, by color. */
  series: string
  value: number
}

/**
 * Bars in rows, as an SVG that reads on light and dark ground.
 * @param title of the axis, with its unit
 */
export async function bars(data: readonly Bar[], title: string): Promise<string> {
  const { spec } = compile({
    data: { values: [...data] },
    mark: { type: 'bar', height: 5 },
    width: 420,
    height: { step: 7 },
    encoding: {
      y: { field: 'row', type: 'nominal', sort: null, title: null },
      yOffset: { field: 'series', sort: null },
      x: { field: 'value', type: 'quantitative', title },
      color: { field: 'series', type: 'nominal', sort: null, title: null },
    },
    config: {
      background: 'transparent',
      axis: { labelLimit: 300, labelColor: gray, titleColor: gray, gridColor: gray, gridOpacity: 0.3 },
      legend: { labelColor: gray, orient: 'bottom', columns: 2, labelLimit: 260 },
      range: { category: ['#4c78a8', '#72b7b2', '#b279a2', '#f58518', '#e45756'] },
      view: { stroke: null },
      font: 'system-ui, sans-serif',
    },
  })
  return `${await new View(parse(spec), { renderer: 'none' }).toSVG()}\n`
}

/** Of contrast enough on white and on GitHub's dark ground. */
const gray = '#7d8590'
