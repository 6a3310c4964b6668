/* brand_file.c: whose report it is, from a YAML file: name, colour, logo. */
#include "cli/ask/brand_file.h"

#include "cli/ask/yaml.h"
#include "cli/files.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <stddef.h>
#include <string.h>

typedef struct asked {
    const char *name, *colour, *logo;
    cli_node *at[3]; /* where each stands */
} asked;

static const struct {
    const char *key;
    size_t offset;
} keys[] = {{"name", offsetof(asked, name)}, {"colour", offsetof(asked, colour)}, {"logo", offsetof(asked, logo)}};
#define KEYS (sizeof keys / sizeof *keys)

/* Of what has no place of its own, a list, that of its key. */
static const char *name_place(const char *path, cli_node *node, cli_node *key)
{
    int line = 1, column = 1;
    if (!cli_node_get_mark(node, &line, &column)) {
        cli_node_get_mark(key, &line, &column);
    }
    return cli_format("%s:%d:%d", path, line, column);
}

static tsl_status refuse_key(const char *path, cli_node *key, const char *seen, tsl_error *err)
{
    const char *names[KEYS];
    for (size_t i = 0; i < KEYS; i++) {
        names[i] = keys[i].key;
    }
    const char *near = tsl_name_get_nearest(seen, names, KEYS);
    return cli_fail(err, TSL_E_CONFIG, "%s: unknown key \"%s\"%s%s%s", name_place(path, key, key), seen,
                    near ? " (did you mean \"" : "; known are name, colour and logo", near ? near : "",
                    near ? "\"?)" : "");
}

static tsl_status take_pair(const char *path, cli_node *key, cli_node *value, asked *out, tsl_error *err)
{
    const char *seen = cli_node_get_text(key), *text = cli_node_get_text(value);
    seen = seen && strcmp(seen, "color") == 0 ? "colour" : seen;
    for (size_t i = 0; seen && i < KEYS; i++) {
        if (strcmp(keys[i].key, seen) != 0) {
            continue;
        }
        if (!text) {
            return cli_fail(err, TSL_E_CONFIG, "%s: %s: expected a text, but found %s", name_place(path, value, key),
                            seen, cli_node_describe(value));
        }
        memcpy((char *)out + keys[i].offset, &text, sizeof text);
        out->at[i] = value;
        return TSL_OK;
    }
    return refuse_key(path, key, seen ? seen : cli_node_describe(key), err);
}

static tsl_status read_pairs(const char *path, cli_node *root, asked *out, tsl_error *err)
{
    cli_node *key, *value;
    void *state = NULL;
    tsl_status status = TSL_OK;
    if (!root || !cli_node_is_mapping(root)) {
        return cli_fail(err, TSL_E_CONFIG, "%s: expected a mapping with the keys name, colour and logo", path);
    }
    while (status == TSL_OK && cli_node_next_pair(root, &state, &key, &value)) {
        status = take_pair(path, key, value, out, err);
    }
    return status;
}

/* Beside the file that names it. */
static const char *find_logo(const char *path, const char *logo)
{
    const char *slash = strrchr(path, '/');
    return *logo == '/' || !slash ? logo : cli_format("%.*s/%s", (int)(slash - path), path, logo);
}

tsl_status cli_brand_read(const char *path, tsl_brand *brand, tsl_error *err)
{
    tsl_status status = TSL_OK;
    cli_yaml *yaml = NULL;
    asked out = {0};
    const char *logo = NULL;
    CLI_TRY(cli_yaml_open(path, &yaml, err));
    CLI_TRY(read_pairs(path, cli_yaml_get_root(yaml), &out, err));
    *brand = (tsl_brand){.name = out.name, .colour = out.colour};
    status = tsl_brand_check(brand, err);
    if (status != TSL_OK) {
        cli_node *at = out.at[strncmp(err->message, keys[0].key, strlen(keys[0].key)) != 0];
        status = cli_fail_at(err, TSL_E_CONFIG, name_place(path, at, at));
        goto done;
    }
    logo = out.logo ? find_logo(path, out.logo) : NULL;
    CLI_TRY(logo ? cli_file_read_bytes(logo, &brand->logo, &brand->logo_bytes, err) : TSL_OK);
    status = tsl_brand_check(brand, err);
    status = status == TSL_OK ? status : cli_fail_at(err, status, logo);
done:
    cli_yaml_free(yaml);
    return status;
}

tsl_status cli_report_ask(const cli_settings *set, tsl_report_options *out, tsl_error *err)
{
    *out = set->report;
    if (!set->brand) {
        return TSL_OK;
    }
    tsl_brand *brand = cli_take(1, sizeof *brand);
    out->brand = brand;
    return cli_brand_read(set->brand, brand, err);
}
