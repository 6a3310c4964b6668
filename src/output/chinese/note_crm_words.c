/* note_crm_words.c: what is noted of files for a CRM, in Chinese. */
#include "output/chinese/note_wording.h"

static const tsl__note_pattern words[] = {
    {"{1} id{*}, the first in line {2} of {3}, would be turned into numbers or dates by a spreadsheet that opens a CSV "
     "file; programs read them as they are, and --for excel keeps them as text",
     "{1} 个编号（第一个在 {3} 第 {2} 行）若用表格软件直接打开 CSV 会被改成数字或日期；程序读取不受影响，用 --for "
     "excel "
     "导出时按文本保存"},
    {"{1} id{*}, the first in line {2} of {3}, begin{*} as a formula does; the files are for a program and keep ids as "
     "they are: do not open them in a spreadsheet",
     "{1} 个编号（第一个在 {3} 第 {2} 行）以公式符号开头；文件供程序读取，编号保持原样，请勿用表格软件打开"},
    {"{1} id{*}, the first in line {2} of {3}, differ{*} from another by the case of letters alone: where the field of "
     "ids in {4} does not tell case, they are duplicates",
     "{1} 个编号（第一个在 {3} 第 {2} 行）与另一个仅大小写不同；若 {4} 的编号字段不区分大小写，会被当作重复"},
    {"left out, as nothing is known of anybody: {1}", "未包含的字段：{1}（没有任何客户的取值）"},
    {"the sentences of reason are in the language of the run ({1}); codes of reasons have names in both",
     "原因说明（reason）为运行时的语言（{1}）；原因代码的名称两种语言都有"},
    {"of {1} changed customer{*}, {2} differ{*} in clv, churn_risk, reason or confidence alone, which move from day to "
     "day: no_change in --map leaves them out",
     "{1} 位变化客户中，有 {2} 位仅 clv、churn_risk、reason、confidence 变化，这些数值每天都在变：在 --map 中用 "
     "no_change 可忽略"},
    {"{1} customer{*} vanished: counted and in no file, as the run leaves out the customers of a suppression list, and "
     "does not tell who is on it",
     "{1} 位客户消失：本次运行使用了排除名单，且不透露名单上是谁，因此只计数，不列入任何文件"},
    {"{1} option{*} of lists {*} another name than in the earlier run, and must be in the CRM first: {2}",
     "列表中有 {1} 个选项的名称与上一次运行不同，请先在 CRM 中添加：{2}"},
    {"customers go by pseudonyms, by the key {1}, and not by their ids: the CRM finds those alone of whom it holds the "
     "pseudonym, and takes all others for new",
     "客户以化名（密钥指纹 {1}）而非原编号标识：CRM 只能找到存有该化名的客户，其余会被当作新客户"},
    {"the two runs are of different models ({1} and {2}): some of what changed is the model's doing",
     "两次运行的模型不同（{1} 与 {2}）：部分变化来自模型"},
    {"the run that this is held against, of {1}, is not before this one, of {2}", "对比的运行（{1}）不早于本次（{2}）"},
};

const tsl__note_patterns tsl__crm_note_words = {words, sizeof words / sizeof *words};
