// Renders a chart for many values in one process, as Helm does, and says of each node of its templates how many of
// them execute it. It is built with a text/template whose executor tells template.Walk of each node: see
// ../templates.test.ts.
//
// Standard input: the cases, as JSON. Argument: the chart's folder. Standard output: the nodes, as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"sort"
	"strings"
	"text/template"
	"text/template/parse"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/engine"
)

// One render that the tests ask for.
type input struct {
	Values      []string `json:"values"` // texts of YAML, merged in this order
	Namespace   string   `json:"namespace"`
	KubeVersion string   `json:"kubeVersion"`
	IsUpgrade   bool     `json:"isUpgrade"`
}

type place struct {
	file string
	pos  int
}

type node struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Text     string `json:"text"`
	Executed int    `json:"executed"` // by so many cases
}

type render struct {
	nodes map[place]bool
}

func main() {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	loaded, err := loader.Load(os.Args[1])
	must(err)
	var cases []input
	must(json.NewDecoder(os.Stdin).Decode(&cases))

	var renders []*render
	for _, one := range cases {
		values, err := valuesOf(loaded, one)
		if err != nil {
			continue // The schema refuses them, before any template.
		}
		made := &render{nodes: map[place]bool{}}
		template.Walk = func(file string, pos int) { made.nodes[place{file, pos}] = true }
		_, _ = engine.Render(loaded, values) // What a check refuses executes templates, too.
		renders = append(renders, made)
	}
	fmt.Fprintf(os.Stderr, "%d of %d cases are rendered\n", len(renders), len(cases))

	var all []node
	for _, file := range loaded.Templates {
		name := loaded.Name() + "/" + file.Name
		for _, one := range nodesOf(name, string(file.Data)) {
			found := node{
				File: file.Name,
				Line: 1 + strings.Count(string(file.Data[:one.pos]), "\n"),
				Text: one.text,
			}
			for _, made := range renders {
				if made.nodes[place{name, one.pos}] {
					found.Executed++
				}
			}
			all = append(all, found)
		}
	}
	must(json.NewEncoder(os.Stdout).Encode(all))
}

func valuesOf(loaded *chart.Chart, one input) (common.Values, error) {
	merged := map[string]any{}
	for _, text := range one.Values {
		values, err := loader.LoadValues(strings.NewReader(text))
		if err != nil {
			return nil, err
		}
		merged = loader.MergeMaps(merged, values)
	}
	capabilities := common.DefaultCapabilities.Copy()
	version, err := common.ParseKubeVersion(one.KubeVersion)
	if err != nil {
		return nil, err
	}
	capabilities.KubeVersion = *version
	options := common.ReleaseOptions{
		Name: "release", Namespace: one.Namespace, Revision: 1, IsInstall: !one.IsUpgrade, IsUpgrade: one.IsUpgrade,
	}
	return util.ToRenderValues(loaded, merged, options, capabilities)
}

type found struct {
	pos  int
	text string
}

// The nodes of a template: not what declares a variable, nor blanks between tags.
func nodesOf(name, text string) []found {
	tree := parse.New(name)
	tree.Mode = parse.SkipFuncCheck
	trees := map[string]*parse.Tree{}
	_, err := tree.Parse(text, "", "", trees)
	must(err)
	var all []found
	var walk func(node parse.Node)
	walk = func(node parse.Node) {
		switch one := node.(type) {
		case *parse.ListNode:
			if one != nil {
				for _, inner := range one.Nodes {
					walk(inner)
				}
			}
			return
		case *parse.TextNode:
			if strings.TrimSpace(string(one.Text)) == "" {
				return
			}
		case *parse.ActionNode:
			if len(one.Pipe.Decl) > 0 && !one.Pipe.IsAssign {
				return
			}
		case *parse.IfNode:
			defer walk(one.ElseList)
			defer walk(one.List)
		case *parse.RangeNode:
			defer walk(one.ElseList)
			defer walk(one.List)
		case *parse.WithNode:
			defer walk(one.ElseList)
			defer walk(one.List)
		case *parse.CommentNode:
			return
		}
		line, _, _ := strings.Cut(strings.TrimSpace(node.String()), "\n")
		all = append(all, found{int(node.Position()), line})
	}
	for _, one := range trees {
		walk(one.Root)
	}
	sort.Slice(all, func(a, b int) bool { return all[a].pos < all[b].pos })
	return all
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
