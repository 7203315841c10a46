# The image that a fleet boots from. The sources share every provisioner: a container that works says that a machine will.
#
#   packer/bundle                                    what goes into the image, of the build at hand (for this machine's architecture)
#   packer validate packer                           all sources, offline
#   packer build -only='docker.image' packer         a container image, castloom:VERSION
#   packer build -only='amazon-ebs.x86_64' packer    a machine image (AMI); -only='amazon-ebs.arm64' for Graviton
#
# Works with Packer 1.6.6 and newer. Newer ones fetch the builders first: `packer init packer/plugins`.

variable "version" {
  type        = string
  default     = "0.1.0"
  description = "Goes into the image's name and tags."
}

variable "region" {
  type    = string
  default = "us-east-1"
}

variable "base_image" {
  type        = string
  default     = "debian:bookworm-slim"
  description = "What the container image is built on."
}

variable "pull" {
  type        = bool
  default     = true
  description = "Fetch base_image from its registry; false takes the one that Docker has."
}

variable "docker_arch" {
  type        = string
  default     = "x86_64"
  description = "The architecture of the machine that builds the container image: x86_64 or arm64."
}

variable "bundles" {
  type        = string
  default     = "packer/target"
  description = "The folder where packer/bundle left castloom-<arch>.tar.gz."
}

locals {
  built = formatdate("YYYYMMDD-hhmmss", timestamp())
}

source "amazon-ebs" "x86_64" {
  region        = var.region
  instance_type = "c6i.large"
  ssh_username  = "admin"

  ssh_clear_authorized_keys = true
  ami_name      = "castloom-${var.version}-x86_64-${local.built}"
  source_ami_filter {
    owners      = ["136693071363"] # Debian's account, wiki.debian.org/Cloud/AmazonEC2Image
    most_recent = true
    filters = {
      name                = "debian-12-amd64-*"
      architecture        = "x86_64"
      virtualization-type = "hvm"
      root-device-type    = "ebs"
    }
  }
  launch_block_device_mappings {
    device_name           = "/dev/xvda"
    volume_type           = "gp3"
    volume_size           = 8
    iops                  = 3000
    throughput            = 125
    delete_on_termination = true
  }
  tags = {
    Name               = "castloom-${var.version}"
    "castloom-version" = var.version
  }
}

source "amazon-ebs" "arm64" {
  region        = var.region
  instance_type = "c7g.large"
  ssh_username  = "admin"

  ssh_clear_authorized_keys = true
  ami_name      = "castloom-${var.version}-arm64-${local.built}"
  source_ami_filter {
    owners      = ["136693071363"]
    most_recent = true
    filters = {
      name                = "debian-12-arm64-*"
      architecture        = "arm64"
      virtualization-type = "hvm"
      root-device-type    = "ebs"
    }
  }
  launch_block_device_mappings {
    device_name           = "/dev/xvda"
    volume_type           = "gp3"
    volume_size           = 8
    iops                  = 3000
    throughput            = 125
    delete_on_termination = true
  }
  tags = {
    Name               = "castloom-${var.version}"
    "castloom-version" = var.version
  }
}

source "docker" "image" {
  image  = var.base_image
  pull   = var.pull
  commit = true
  changes = [
    "USER castloom",
    "WORKDIR /var/lib/castloom",
    "EXPOSE 8080 2121 9401 9402 9403 9404",
    "ENTRYPOINT [\"/opt/castloom/bin/castloom-role\", \"--exec\"]"
  ]
}

build {
  sources = ["source.amazon-ebs.x86_64", "source.amazon-ebs.arm64", "source.docker.image"]

  # `generated`: the bundle need not be there for `packer validate`.
  provisioner "file" {
    only        = ["amazon-ebs.x86_64"]
    source      = "${var.bundles}/castloom-x86_64.tar.gz"
    destination = "/tmp/castloom.tar.gz"
    generated   = true
  }
  provisioner "file" {
    only        = ["amazon-ebs.arm64"]
    source      = "${var.bundles}/castloom-arm64.tar.gz"
    destination = "/tmp/castloom.tar.gz"
    generated   = true
  }
  provisioner "file" {
    only        = ["docker.image"]
    source      = "${var.bundles}/castloom-${var.docker_arch}.tar.gz"
    destination = "/tmp/castloom.tar.gz"
    generated   = true
  }
  provisioner "shell" {
    script = "${path.root}/install"
    # A machine image is provisioned as an ordinary user, a container as root and without sudo.
    execute_command = "chmod +x {{ .Path }}; if [ \"$(id -u)\" = 0 ]; then {{ .Vars }} {{ .Path }}; else sudo env {{ .Vars }} {{ .Path }}; fi"
  }

  post-processor "docker-tag" {
    only       = ["docker.image"]
    repository = "castloom"
    tags       = [var.version]
  }
}
