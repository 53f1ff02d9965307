// Renders a chart for many values in one process, as Helm does, and says of each piece of its templates how many of
// them execute it, and whether what comes out differs where the piece is another. It is built with a text/template
// that tells template.Walk of each node and keeps what it parsed in template.Parsed, so that a changed tree is
// rendered without parsing again: see ../templates.test.ts.
//
// Standard input: the cases, as JSON. Arguments: the chart's folder; the seed of the sample of pieces that is changed,
// and its size. Standard output: the pieces, as JSON.
package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"reflect"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"text/template"
	"text/template/parse"
	"time"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/engine"
	"sigs.k8s.io/yaml"
)

// One render that the tests ask for.
type input struct {
	Values      []string `json:"values"` // texts of YAML, merged in this order
	Namespace   string   `json:"namespace"`
	KubeVersion string   `json:"kubeVersion"`
	IsUpgrade   bool     `json:"isUpgrade"`
	HasNotes    bool     `json:"hasNotes"` // `helm template` gives none
}

type place struct {
	file string
	pos  int
}

// A piece of a template: a node that is executed by itself.
type piece struct {
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Text     string   `json:"text"`
	Executed int      `json:"executed"` // by so many cases
	Tried    []string `json:"tried"`    // the changes that were tried, of changesOf
	Unseen   []string `json:"unseen"`   // those of them that no case's outcome shows
	at       place
	calls    []string // the named templates that it calls
	changes  []change
}

// Another form of a piece; apply gives what undoes it.
type change struct {
	name  string
	apply func() (undo func())
}

// A case with what comes out of the chart as it is.
type render struct {
	chart   *chart.Chart
	given   given
	outcome outcome
	steps   int
	took    time.Duration
	nodes   map[place]bool
}

// What Helm makes of an input, before any template.
type given struct {
	values       map[string]any
	options      common.ReleaseOptions
	capabilities *common.Capabilities
}

func main() {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	loaded, err := loader.Load(os.Args[1])
	must(err)
	seed, err := strconv.ParseUint(os.Args[2], 10, 64)
	must(err)
	count, err := strconv.Atoi(os.Args[3])
	must(err)
	var cases []input
	must(json.NewDecoder(os.Stdin).Decode(&cases))

	silent := withoutNotes(loaded)
	var renders []*render
	for _, one := range cases {
		given, err := givenBy(one)
		if err != nil {
			continue // They are no YAML.
		}
		if _, err := given.renderValues(loaded, true); err != nil {
			continue // The schema refuses them, before any template.
		}
		made := &render{chart: silent, given: given, nodes: map[place]bool{}}
		if one.HasNotes {
			made.chart = loaded
		}
		template.Walk = func(file string, pos int) {
			made.nodes[place{file, pos}] = true
			made.steps++
		}
		start := time.Now()
		made.outcome = outcomeOf(made)
		made.took = time.Since(start)
		renders = append(renders, made)
	}
	fmt.Fprintf(os.Stderr, "%d of %d cases are rendered\n", len(renders), len(cases))

	var all []*piece
	for _, file := range loaded.Templates {
		name := loaded.Name() + "/" + file.Name
		for _, one := range piecesOf(template.Parsed[name+"\x00"+string(file.Data)]) {
			one.File = file.Name
			one.Line = 1 + strings.Count(string(file.Data[:one.at.pos]), "\n")
			one.at.file = name
			all = append(all, one)
		}
	}
	fileOf := map[string]string{} // of a named template
	for _, file := range loaded.Templates {
		for _, found := range definition.FindAllStringSubmatch(string(file.Data), -1) {
			fileOf[found[1]] = loaded.Name() + "/" + file.Name
		}
	}
	orders := map[string][]*render{}
	orderOf := func(file string) []*render {
		if orders[file] == nil {
			orders[file] = telling(renders, file)
		}
		return orders[file]
	}
	executing := map[*piece][]*render{}
	var executed []*piece
	for _, one := range all {
		// What a call does shows in what is called.
		inTurn := [][]*render{orderOf(one.at.file)}
		for _, name := range one.calls {
			inTurn = append(inTurn, orderOf(fileOf[name]))
		}
		isAsked := map[*render]bool{}
		for index := range renders {
			for _, order := range inTurn {
				if index < len(order) && order[index].nodes[one.at] && !isAsked[order[index]] {
					isAsked[order[index]] = true
					executing[one] = append(executing[one], order[index])
				}
			}
		}
		if one.Executed = len(executing[one]); one.Executed > 0 {
			executed = append(executed, one)
		}
	}
	for number, index := range rand.New(rand.NewPCG(seed, 0)).Perm(len(executed))[:min(count, len(executed))] {
		one := executed[index]
		if number%50 == 0 {
			fmt.Fprintf(os.Stderr, "%d of %d pieces are changed\n", number, min(count, len(executed)))
		}
		for _, other := range one.changes {
			one.Tried = append(one.Tried, other.name)
			if !isSeen(other, executing[one]) {
				one.Unseen = append(one.Unseen, other.name)
				// So that a run that is cut short tells what it found.
				fmt.Fprintf(os.Stderr, "%s:%d %s: %s\n", one.File, one.Line, one.Text, other.name)
			}
		}
	}
	must(json.NewEncoder(os.Stdout).Encode(all))
}

var (
	definition = regexp.MustCompile(`\{\{-? define "([^"]+)"`)
	call       = regexp.MustCompile(`\b(?:template|include) "([^"]+)"`)
)

// So many cases are put in order: to choose among all of them each time costs more than it saves.
const atMost = 600

// The cases in the order in which they are asked of a file's pieces: each time the one that, for its time, executes most of
// what those before it don't, of this file; where nothing is left, all of it is to be executed once more. So a piece is asked
// of cases in which what is around it goes another way each time.
func telling(cases []*render, file string) (order []*render) {
	own := map[*render][]int{}
	numbers := map[int]int{} // of each position that any of them executes
	var left []*render
	for _, one := range cases {
		for at := range one.nodes {
			if at.file != file {
				continue
			}
			if _, isKnown := numbers[at.pos]; !isKnown {
				numbers[at.pos] = len(numbers)
			}
			own[one] = append(own[one], numbers[at.pos])
		}
		if len(own[one]) > 0 {
			left = append(left, one)
		}
	}
	sort.SliceStable(left, func(a, b int) bool { return left[a].took < left[b].took })
	for executed := make([]bool, len(numbers)); len(left) > 0 && len(order) < atMost; {
		best, most := -1, 0.0
		for index, one := range left {
			gain := 0
			for _, at := range own[one] {
				if !executed[at] {
					gain++
				}
			}
			if each := float64(gain) / float64(one.took); each > most {
				best, most = index, each
			}
		}
		if best < 0 {
			clear(executed)
			continue
		}
		for _, at := range own[left[best]] {
			executed[at] = true
		}
		order = append(order, left[best])
		left = append(left[:best:best], left[best+1:]...)
	}
	return append(order, left...)
}

// Does what comes out of a case differ from before, where a change is made?
func isSeen(other change, cases []*render) bool {
	undo := other.apply()
	defer undo()
	for _, one := range cases {
		steps := 0
		template.Walk = func(string, int) {
			// What goes round for ever differs.
			if steps++; steps > 10*one.steps+1000 {
				panic("endless")
			}
		}
		if !one.outcome.means(outcomeOf(one)) {
			return true
		}
	}
	return false
}

// What Helm says of a case: why it is refused, or the files that the templates give.
type outcome struct {
	refused string
	files   map[string]string
}

func outcomeOf(one *render) outcome {
	// Templates may write into values: each render has its own.
	values, err := one.given.renderValues(one.chart, false)
	must(err)
	files, err := engine.Render(one.chart, values)
	if err != nil {
		return outcome{refused: err.Error()}
	}
	return outcome{files: files}
}

// The chart without what `helm template` doesn't print: a case that gives no notes shows nothing of them.
func withoutNotes(whole *chart.Chart) *chart.Chart {
	silent := *whole
	silent.Templates = slices.DeleteFunc(slices.Clone(whole.Templates), func(one *common.File) bool {
		return one.Name == "templates/NOTES.txt"
	})
	return &silent
}

// Is another outcome the same in meaning? Blanks and comments of YAML mean nothing.
func (was outcome) means(is outcome) bool {
	if was.refused != is.refused {
		return false
	}
	for name, text := range was.files {
		if text != is.files[name] && !reflect.DeepEqual(meaningOf(name, text), meaningOf(name, is.files[name])) {
			return false
		}
	}
	return true
}

var separator = regexp.MustCompile(`(?m)^---.*$`)

// The documents of a file; where it is no YAML, as NOTES.txt, its text.
func meaningOf(name, text string) (documents []any) {
	for _, document := range separator.Split(text, -1) {
		var value any
		if strings.HasSuffix(name, ".txt") || yaml.Unmarshal([]byte(document), &value) != nil {
			return []any{strings.TrimSpace(text)}
		}
		if value != nil {
			documents = append(documents, value)
		}
	}
	return documents
}

func givenBy(one input) (given, error) {
	merged := map[string]any{}
	for _, text := range one.Values {
		values, err := loader.LoadValues(strings.NewReader(text))
		if err != nil {
			return given{}, err
		}
		merged = loader.MergeMaps(merged, values)
	}
	capabilities := common.DefaultCapabilities.Copy()
	version, err := common.ParseKubeVersion(one.KubeVersion)
	if err != nil {
		return given{}, err
	}
	capabilities.KubeVersion = *version
	options := common.ReleaseOptions{
		Name: "release", Namespace: one.Namespace, Revision: 1, IsInstall: !one.IsUpgrade, IsUpgrade: one.IsUpgrade,
	}
	return given{merged, options, capabilities}, nil
}

// What templates are given, a copy each time.
func (one given) renderValues(whole *chart.Chart, isJudged bool) (common.Values, error) {
	return util.ToRenderValuesWithSchemaValidation(whole, one.values, one.options, one.capabilities, !isJudged)
}

// The pieces of a template's trees: not what declares a variable, nor blanks between tags.
func piecesOf(trees map[string]*parse.Tree) []*piece {
	var all []*piece
	var walk func(list *parse.ListNode)
	walk = func(list *parse.ListNode) {
		if list == nil {
			return
		}
		for index, node := range list.Nodes {
			var within []*parse.ListNode
			var pipe *parse.PipeNode
			changes := []change{{"taken out", func() func() {
				list.Nodes[index] = &parse.TextNode{NodeType: parse.NodeText, Pos: node.Position()}
				return func() { list.Nodes[index] = node }
			}}}
			switch one := node.(type) {
			case *parse.TextNode:
				if strings.TrimSpace(string(one.Text)) == "" {
					continue
				}
			case *parse.ActionNode:
				if declares(one.Pipe) {
					continue
				}
				pipe = one.Pipe
			case *parse.IfNode:
				within, pipe = []*parse.ListNode{one.List, one.ElseList}, one.Pipe
				changes = append(changes, change{"turned round", func() func() {
					was := *one
					one.List, one.ElseList = one.ElseList, one.List
					if one.List == nil {
						one.List = &parse.ListNode{NodeType: parse.NodeList, Pos: one.Pos}
					}
					return func() { *one = was }
				}})
			case *parse.RangeNode:
				within, pipe = []*parse.ListNode{one.List, one.ElseList}, one.Pipe
			case *parse.WithNode:
				within, pipe = []*parse.ListNode{one.List, one.ElseList}, one.Pipe
			case *parse.CommentNode:
				continue
			}
			line, _, _ := strings.Cut(strings.TrimSpace(node.String()), "\n")
			changes = append(changes, literalsOf(pipe)...)
			made := &piece{at: place{pos: int(node.Position())}, Text: line, changes: changes}
			for _, found := range call.FindAllStringSubmatch(node.String(), -1) {
				made.calls = append(made.calls, found[1])
			}
			all = append(all, made)
			for _, inner := range within {
				walk(inner)
			}
		}
	}
	for _, one := range trees {
		walk(one.Root)
	}
	sort.SliceStable(all, func(a, b int) bool { return all[a].at.pos < all[b].at.pos })
	return all
}

// Does a tag declare a variable that others read? `$_ := set` declares none, but writes.
func declares(pipe *parse.PipeNode) bool {
	return len(pipe.Decl) > 0 && !pipe.IsAssign && pipe.Decl[0].Ident[0] != "$_"
}

// Each text within a tag, emptied: not the names of templates, without which nothing renders.
func literalsOf(node parse.Node) []change {
	var all []change
	switch one := node.(type) {
	case *parse.PipeNode:
		if one == nil {
			return nil
		}
		for _, command := range one.Cmds {
			all = append(all, literalsOf(command)...)
		}
	case *parse.CommandNode:
		word, _ := one.Args[0].(*parse.IdentifierNode)
		for index, arg := range one.Args {
			if index == 1 && word != nil && word.Ident == "include" {
				continue
			}
			all = append(all, literalsOf(arg)...)
		}
	case *parse.StringNode:
		if one.Text == "" {
			return nil
		}
		all = append(all, change{one.Quoted + " emptied", func() func() {
			was := one.Text
			one.Text = ""
			return func() { one.Text = was }
		}})
	}
	return all
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
