/* yaml.h: a YAML file as a tree of nodes with their places; libfyaml behind it. */
#ifndef TSL_CLI_ASK_YAML_H
#define TSL_CLI_ASK_YAML_H

#include <tesela/base.h>

typedef struct cli_yaml cli_yaml;
typedef struct fy_node cli_node;

/* One document in UTF-8, without aliases. TSL_E_CONFIG with file, line and
 * column where it is none. */
TSL_FALLIBLE tsl_status cli_yaml_open(const char *path, cli_yaml **out, tsl_error *err);
void cli_yaml_free(cli_yaml *yaml);
/* NULL where the file holds nothing. */
cli_node *cli_yaml_get_root(const cli_yaml *yaml);

int cli_node_is_mapping(cli_node *node);
int cli_node_is_sequence(cli_node *node);
int cli_node_is_empty(cli_node *node); /* 1: a list without anything in it */
int cli_node_is_null(cli_node *node);
int cli_node_is_quoted(cli_node *node);
/* The text of a scalar (from the pool); NULL for anything else. */
const char *cli_node_get_text(cli_node *node);
/* Where a scalar begins, from 1; 0 where the node has no place of its own. */
int cli_node_get_mark(cli_node *node, int *line, int *column);
/* "a list", "nothing", "the text \"abc\"", ... */
const char *cli_node_describe(cli_node *node);
/* The next pair or item; 0 at the end. *state starts as NULL. */
int cli_node_next_pair(cli_node *node, void **state, cli_node **key, cli_node **value);
int cli_node_next_item(cli_node *node, void **state, cli_node **item);

#endif
