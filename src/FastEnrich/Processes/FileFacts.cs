namespace FastEnrich.Processes;

/// <summary>Who owns a file, and its mode with the file's type.</summary>
internal readonly record struct FileFacts(uint Owner, int Mode)
{
    private const int TypeMask = 0xF000;
    private const int OthersMayWrite = 0x12; // 0022
    private const int Sticky = 0x200; // 01000

    public bool IsLink => (Mode & TypeMask) == 0xA000;

    public bool IsFolder => (Mode & TypeMask) == 0x4000;

    public bool IsFile => (Mode & TypeMask) == 0x8000;

    public bool IsWritableByOthers => (Mode & OthersMayWrite) != 0;

    public bool IsSticky => (Mode & Sticky) != 0;
}
