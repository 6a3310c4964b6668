/* yaml.c: a YAML file as a tree of nodes with their places, by libfyaml. */
#include "cli/ask/yaml.h"

#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <errno.h>
#include <jansson.h>
#include <libfyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_MOST 60 /* bytes of a text that a message shows */

/* Far above any configuration, and small enough to hold. */
#define BYTES_MAX (1U << 20)

struct cli_yaml {
    struct fy_diag *diag;
    struct fy_parser *parser;
    struct fy_document *document;
};

/* ---- The bytes ------------------------------------------------------------- */

static tsl_status read_bytes(const char *path, char **text, size_t *length, tsl_error *err)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        return cli_fail(err, TSL_E_CONFIG, "%s: cannot be opened: %s", path, strerror(errno));
    }
    char *bytes = cli_take(BYTES_MAX + 1, 1);
    size_t count = fread(bytes, 1, BYTES_MAX + 1, file);
    int failed = ferror(file) ? errno : 0;
    fclose(file);
    if (failed) {
        return cli_fail(err, TSL_E_CONFIG, "%s: cannot be read: %s", path, strerror(failed));
    }
    if (count > BYTES_MAX) {
        return cli_fail(err, TSL_E_CONFIG, "%s: is larger than 1 MiB: it can hardly be a configuration", path);
    }
    *text = bytes;
    *length = count;
    return TSL_OK;
}

/* libfyaml reads on over bytes that are no UTF-8; Jansson's texts are strict. */
static tsl_status check_utf8(const char *path, const char *text, size_t length, tsl_error *err)
{
    int line = 1;
    for (size_t begin = 0; begin < length; line++) {
        const char *end = memchr(text + begin, '\n', length - begin);
        size_t count = end ? (size_t)(end - text) - begin : length - begin;
        json_t *valid = json_stringn(text + begin, count);
        if (!valid || memchr(text + begin, '\0', count)) {
            json_decref(valid);
            return cli_fail(err, TSL_E_CONFIG, "%s:%d:1: the line is not UTF-8 text", path, line);
        }
        json_decref(valid);
        begin += count + 1;
    }
    return TSL_OK;
}

/* ---- The document ------------------------------------------------------------ */

static tsl_status fail_syntax(const cli_yaml *yaml, const char *path, tsl_error *err)
{
    void *state = NULL;
    const struct fy_diag_error *first = fy_diag_errors_iterate(yaml->diag, &state);
    if (!first) {
        return cli_fail(err, TSL_E_CONFIG, "%s: is not YAML", path);
    }
    return cli_fail(err, TSL_E_CONFIG, "%s:%d:%d: %s", path, first->line, first->column, first->msg);
}

static tsl_status parse(cli_yaml *yaml, const char *path, const char *text, size_t length, tsl_error *err)
{
    struct fy_diag_cfg diag;
    fy_diag_cfg_default(&diag);
    diag.fp = NULL;
    yaml->diag = fy_diag_create(&diag);
    if (!yaml->diag) {
        return cli_fail_nomem(err);
    }
    fy_diag_set_collect_errors(yaml->diag, true);
    yaml->parser =
        fy_parser_create(&(struct fy_parse_cfg){.flags = FYPCF_QUIET, .userdata = (void *)text, .diag = yaml->diag});
    if (!yaml->parser || fy_parser_set_string(yaml->parser, text, length) != 0) {
        return cli_fail_nomem(err);
    }
    yaml->document = fy_parse_load_document(yaml->parser);
    if (!yaml->document && fy_diag_got_error(yaml->diag)) {
        return fail_syntax(yaml, path, err);
    }
    struct fy_document *second = yaml->document ? fy_parse_load_document(yaml->parser) : NULL;
    if (second) {
        fy_parse_document_destroy(yaml->parser, second);
        return cli_fail(err, TSL_E_CONFIG, "%s: holds more than one document", path);
    }
    return fy_diag_got_error(yaml->diag) ? fail_syntax(yaml, path, err) : TSL_OK;
}

tsl_status cli_yaml_open(const char *path, cli_yaml **out, tsl_error *err)
{
    char *text = NULL;
    size_t length = 0;
    *out = NULL;
    tsl_status status = TSL_OK;
    CLI_TRY(read_bytes(path, &text, &length, err));
    CLI_TRY(check_utf8(path, text, length, err));
    *out = cli_take(1, sizeof **out);
    CLI_TRY(parse(*out, path, text, length, err));
done:
    if (status != TSL_OK) {
        cli_yaml_free(*out);
        *out = NULL;
    }
    return status;
}

void cli_yaml_free(cli_yaml *yaml)
{
    if (!yaml) {
        return;
    }
    if (yaml->document) {
        fy_parse_document_destroy(yaml->parser, yaml->document);
    }
    if (yaml->parser) {
        fy_parser_destroy(yaml->parser);
    }
    if (yaml->diag) {
        fy_diag_destroy(yaml->diag);
    }
}

cli_node *cli_yaml_get_root(const cli_yaml *yaml)
{
    struct fy_node *root = yaml->document ? fy_document_root(yaml->document) : NULL;
    return root && !fy_node_is_null(root) ? root : NULL;
}

/* ---- Nodes --------------------------------------------------------------------- */

int cli_node_is_mapping(cli_node *node)
{
    return node && fy_node_is_mapping(node);
}

int cli_node_is_sequence(cli_node *node)
{
    return node && fy_node_is_sequence(node);
}

int cli_node_is_empty(cli_node *node)
{
    return node && fy_node_is_sequence(node) && fy_node_sequence_item_count(node) == 0;
}

int cli_node_is_null(cli_node *node)
{
    return !node || fy_node_is_null(node) || (fy_node_is_scalar(node) && !fy_node_get_scalar_token(node));
}

int cli_node_is_quoted(cli_node *node)
{
    enum fy_node_style style = fy_node_get_style(node);
    return style == FYNS_SINGLE_QUOTED || style == FYNS_DOUBLE_QUOTED;
}

/* Passes over a line end and the empty lines behind it, of a text in quotes: a blank, or a line end for each empty
 * line. Returns the end of what was written. */
static char *fold_lines(const char **from, const char *end, const char *begin, char *to)
{
    int lines = 0;
    while (to > begin && (to[-1] == ' ' || to[-1] == '\t')) {
        to--;
    }
    for (; *from < end && strchr(" \t\r\n", **from); ++*from) {
        lines += **from == '\n' || (**from == '\r' && (*from)[1] != '\n');
    }
    *to++ = lines > 1 ? '\n' : ' ';
    for (int i = 2; i < lines; i++) {
        *to++ = '\n';
    }
    return to;
}

/* A text in single quotes as the file has it: of two escaped quotes in a row libfyaml 0.7 loses one, and the last byte.
 */
static const char *read_single_quoted(cli_node *node)
{
    struct fy_token *token = fy_node_get_scalar_token(node);
    const char *file = fy_document_get_cfg(fy_node_document(node))->userdata;
    const char *from = file + fy_token_start_mark(token)->input_pos, *end = file + fy_token_end_mark(token)->input_pos;
    char *out = cli_take((size_t)(end - from) + 1, 1), *to = out;
    while (from < end) {
        if (*from == '\n' || *from == '\r') {
            to = fold_lines(&from, end, out, to);
        } else {
            from += *from == '\'';
            *to++ = *from++;
        }
    }
    *to = '\0';
    return out;
}

const char *cli_node_get_text(cli_node *node)
{
    size_t length = 0;
    if (cli_node_is_null(node) || !fy_node_is_scalar(node) || fy_node_is_alias(node)) {
        return NULL;
    }
    if (fy_node_get_style(node) == FYNS_SINGLE_QUOTED) {
        return read_single_quoted(node);
    }
    const char *text = fy_node_get_scalar(node, &length);
    return text && !memchr(text, '\0', length) ? cli_copy(text, length) : NULL;
}

int cli_node_get_mark(cli_node *node, int *line, int *column)
{
    const enum fy_node_style style = node ? fy_node_get_style(node) : FYNS_ANY;
    const int is_block = style == FYNS_LITERAL || style == FYNS_FOLDED; /* whose mark is that of its line */
    struct fy_token *token = node && fy_node_is_scalar(node) && !is_block ? fy_node_get_scalar_token(node) : NULL;
    const struct fy_mark *mark = token ? fy_token_start_mark(token) : NULL;
    if (!mark) {
        return 0;
    }
    *line = mark->line + 1;
    *column = mark->column + 1 - cli_node_is_quoted(node); /* the mark stands behind the quote */
    return 1;
}

/* Bytes of the beginning of a text that a message shows: whole characters. */
static int count_shown(const char *text)
{
    int shown = (int)strnlen(text, SHOWN_MOST + 1);
    shown = shown > SHOWN_MOST ? SHOWN_MOST : shown;
    while (shown > 0 && ((unsigned char)text[shown] & 0xC0) == 0x80) {
        shown--;
    }
    return shown;
}

const char *cli_node_describe(cli_node *node)
{
    if (cli_node_is_null(node)) {
        return "nothing";
    }
    if (fy_node_is_mapping(node)) {
        return "a mapping";
    }
    if (fy_node_is_sequence(node)) {
        return cli_node_is_empty(node) ? "an empty list" : "a list";
    }
    if (fy_node_is_alias(node)) {
        return "an alias, which a configuration cannot hold";
    }
    const char *text = cli_node_get_text(node);
    return text ? cli_format("the %stext \"%.*s\"", cli_node_is_quoted(node) ? "quoted " : "", count_shown(text), text)
                : "a text with a NUL in it";
}

int cli_node_next_pair(cli_node *node, void **state, cli_node **key, cli_node **value)
{
    struct fy_node_pair *pair = fy_node_mapping_iterate(node, state);
    *key = pair ? fy_node_pair_key(pair) : NULL;
    *value = pair ? fy_node_pair_value(pair) : NULL;
    return pair != NULL;
}

int cli_node_next_item(cli_node *node, void **state, cli_node **item)
{
    *item = fy_node_sequence_iterate(node, state);
    return *item != NULL;
}
